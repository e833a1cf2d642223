from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "panah.node.registration"
    label = "registration"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from panah.node.registration import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.node.registration.day import TASKS
        from panah.node.registration.files import Files
        from panah.node.registration.shown import facts_of_page
        from panah.node.safeguards import service as safeguards
        from panah.web import context, start, tasks
        from panah.web.navigation import Entry, register

        node = frozenset({"node"})
        register(Entry("arrivals", _("Arrivals"), "arrivals", 10, "registration.see_arrivals", node, key="a"))
        register(Entry("search", _("Search"), "search", 20, "registration.find", node, key="f"))
        tasks.register(*TASKS)
        safeguards.files_from(Files())
        context.facts_from(facts_of_page)
        start.keep(actions.node_pack)
        start.keep(_load_the_typesetter)


def _load_the_typesetter() -> None:
    """Loading it and unpacking its fonts takes a second and more, which nobody who prints a paper should wait for."""
    from panah.web.paper.fonts import BY_ADDRESS
    from panah.web.paper.printing import unpacked

    for font in BY_ADDRESS.values():
        unpacked(font)
