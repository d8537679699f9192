"""One file of cases a language, and the test that runs them."""
