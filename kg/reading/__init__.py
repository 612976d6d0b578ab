"""From an article's text to who said what about whom: the offline reader of attribution."""
