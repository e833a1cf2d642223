"""What the hub shows of other producers' figures. Written by actions.py alone, and read through service.py."""

from __future__ import annotations

from django.db import models


class Source(models.Model):
    """One file of one producer, of one edition. The one whose figures are shown has no `superseded_at`."""

    input = models.CharField(max_length=120)
    producer = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    edition = models.CharField(max_length=80)
    licence = models.CharField(max_length=120)
    licence_url = models.URLField(blank=True)
    as_of = models.DateField(help_text="Date of the edition: the figures stood like this then.")
    retrieved = models.DateField(help_text="Day on which the copy was read.")
    obtained_from = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, help_text="Digest of the producer's file.")
    loaded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["input"], condition=models.Q(superseded_at=None), name="one_shown_source_of_an_input"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.edition}"


class Figure(models.Model):
    """One number, as figures.Figure describes it. Totals have `_T` on one side; `breakdown` is the code in the indicator's
    dimension, empty for all together.
    """

    indicator = models.CharField(max_length=40)
    breakdown = models.CharField(max_length=20, blank=True)
    destination = models.CharField(max_length=3)
    origin = models.CharField(max_length=3)
    period = models.PositiveSmallIntegerField()
    value = models.DecimalField(
        max_digits=16, decimal_places=4, null=True, help_text="Empty: no figure. Never 0 for it."
    )
    unit = models.CharField(max_length=20)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    flags = models.CharField(max_length=120, blank=True, help_text="Codes parted by blanks.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="figures")

    class Meta:
        app_label = "evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "breakdown", "destination", "origin", "period"], name="one_figure_of_a_kind"
            )
        ]
        indexes = [models.Index(fields=["origin", "indicator", "period"], name="evidence_by_origin")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.origin}>{self.destination} {self.period}"


class IndicatorValue(models.Model):
    """One value of one of the 52 indicators, or the reason why it is withheld, as framework.values.Value describes it."""

    indicator = models.CharField(max_length=4, help_text="Id, 1.01 to 8.02.")
    state = models.CharField(max_length=3)
    counterpart = models.CharField(max_length=3, help_text="`_T` where there is none.")
    part = models.CharField(max_length=30, blank=True)
    period = models.CharField(
        max_length=9, blank=True, help_text="2025, 2020-Q3 or 2015-2019; empty when there is none."
    )
    rank = models.PositiveSmallIntegerField(help_text="0 is shown first, the others beside it.")
    value = models.DecimalField(
        max_digits=20, decimal_places=4, null=True, help_text="Empty: no value. Never 0 for it."
    )
    low = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    numerator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    unit = models.CharField(max_length=20)
    method = models.CharField(max_length=30, blank=True)
    flags = models.CharField(max_length=160, blank=True, help_text="Codes parted by blanks.")
    reason = models.CharField(max_length=30, blank=True, help_text="Why it is withheld; empty when it is shown.")
    facts = models.CharField(max_length=80, blank=True, help_text="Further counts, name=number, parted by blanks.")
    inputs = models.CharField(max_length=250, blank=True, help_text="Inputs of its sources, parted by blanks.")

    class Meta:
        app_label = "evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "state", "counterpart", "part", "period", "rank"], name="one_value_of_a_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(reason="")
                | models.Q(value=None, low=None, high=None, numerator=None, denominator=None),
                name="withheld_value_has_no_numbers",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "indicator"], name="evidence_value_of_state"),
            models.Index(fields=["counterpart", "indicator"], name="evidence_value_of_other"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.counterpart}>{self.state} {self.period}"


class SeriesFlag(models.Model):
    """One doubt about one series, as quality.SeriesFlag describes it."""

    code = models.CharField(max_length=30)
    indicator = models.CharField(max_length=40)
    state = models.CharField(max_length=3)
    role = models.CharField(max_length=12)
    counterpart = models.CharField(max_length=3)
    last_period = models.PositiveSmallIntegerField()
    periods = models.JSONField()
    values = models.JSONField(help_text="Numbers as text, null where there is no figure.")
    facts = models.JSONField()
    also = models.JSONField(help_text="Pairs of message id and facts.")

    class Meta:
        app_label = "evidence"
        indexes = [models.Index(fields=["indicator", "state"], name="evidence_flag_of_series")]

    def __str__(self) -> str:
        return f"{self.code} {self.indicator} {self.state} {self.last_period}"
