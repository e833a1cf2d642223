"""Who promised what, and how far it is."""
