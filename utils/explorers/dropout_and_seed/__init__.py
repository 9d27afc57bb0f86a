"""The explorers of lesson 02: is it chance, the old op seeds, and how many seeds it takes."""
