"""Addresses of this room. Those of SDMX REST have no slash at their end, as the standard writes them."""

from django.urls import path

from panah.hub.exchange import views

_ARTEFACT = "<str:agency>/<str:id_>/<str:version>"

urlpatterns = [
    path("sdmx/", views.exchange, name="exchange"),
    path("catalogue.jsonld", views.catalogue, name="catalogue"),
    path(f"sdmx/v2/structure/<str:kind>/{_ARTEFACT}", views.structure, name="sdmx_structure"),
    path(f"sdmx/v2/data/dataflow/{_ARTEFACT}", views.data, name="sdmx_data"),
    path(f"sdmx/v2/data/dataflow/{_ARTEFACT}/<str:key>", views.data, name="sdmx_series"),
    path(f"sdmx/v2/availability/dataflow/{_ARTEFACT}", views.availability, name="sdmx_availability"),
    path(f"sdmx/v2/availability/dataflow/{_ARTEFACT}/<str:key>", views.availability, name="sdmx_availability_series"),
    path(
        f"sdmx/v2/availability/dataflow/{_ARTEFACT}/<str:key>/<str:component>",
        views.availability,
        name="sdmx_availability_component",
    ),
    path(f"sdmx/v2/metadata/structure/dataflow/{_ARTEFACT}", views.metadata, name="sdmx_metadata"),
]
