"""What several fields need: evidence, labelled values, names, dates, words."""
