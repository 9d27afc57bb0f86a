"""The explorer of lesson 04."""
