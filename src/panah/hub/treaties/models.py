"""Treaties, national laws and agreements, with date and source."""
