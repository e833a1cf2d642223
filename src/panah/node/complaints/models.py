from django.db import models


class Complaint(models.Model):
    """A complaint. What was said stands sealed under the complaint's own key; of one without a name only the day is kept."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=20, unique=True, help_text="By chance, so that no number tells of another.")
    code_digest = models.BinaryField(max_length=32, help_text="HMAC of the secret code of who complains.")
    kind = models.CharField(max_length=40)
    via = models.CharField(max_length=10, help_text="web, paper or rest.")
    who = models.CharField(max_length=20, blank=True, help_text="What the complainer is: the person, a relative, …")
    anonymous = models.BooleanField()
    danger = models.BooleanField(default=False, help_text="Somebody is in danger now.")
    language = models.CharField(max_length=16, blank=True)
    office = models.CharField(
        max_length=20, default="ombudsman", help_text="Who leads: ombudsman, coordinator or monitor."
    )
    unread = models.BooleanField(default=False, help_text="It is against everybody who could lead it: nobody reads it.")
    entered_by = models.UUIDField(null=True)
    received_on = models.DateField()
    state = models.CharField(max_length=20, default="received")
    assigned_to = models.UUIDField(null=True)
    file = models.UUIDField(null=True, help_text="A person's file, only with the complainer's consent.")
    finding = models.CharField(max_length=30, blank=True)
    concluded_on = models.DateField(null=True)
    withdrawal = models.CharField(max_length=10, blank=True, help_text="asked, free or not_free.")
    started_at = models.DateTimeField(help_text="Beginning of the day from which the term runs.")
    due_at = models.DateTimeField(null=True)
    term = models.CharField(max_length=80, blank=True, help_text="Parameter of the pack; empty for a target of ours.")
    warned = models.PositiveSmallIntegerField(default=0)
    raised = models.BooleanField(default=False, help_text="The term was over: told upward.")
    news = models.BooleanField(default=True, help_text="Something came of which nobody was told yet.")
    sealed = models.BinaryField(null=True)

    class Meta:
        app_label = "complaints"
        ordering = ["-danger", "due_at", "number"]
        indexes = [models.Index(fields=["state", "due_at"]), models.Index(fields=["received_on"])]


class Concerned(models.Model):
    """Against whom a complaint is: an officer, a body, a post. All of them find nothing of it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="concerned")
    officer = models.UUIDField(null=True)
    body = models.CharField(max_length=80, blank=True, help_text="Code of the body, without its area.")
    post = models.CharField(max_length=40, blank=True)

    class Meta:
        app_label = "complaints"
        ordering = ["pk"]
        indexes = [models.Index(fields=["officer"]), models.Index(fields=["body"]), models.Index(fields=["post"])]


class Line(models.Model):
    """What was written about a complaint: from and to the complainer, steps of the inquiry, measures. Added to, never changed."""

    id = models.UUIDField(primary_key=True)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=30, blank=True)
    by = models.UUIDField(null=True)
    on = models.DateField()
    order = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        app_label = "complaints"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["complaint", "order"], name="one_line_at_a_place")]
