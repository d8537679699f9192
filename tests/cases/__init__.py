"""Small pages, each with the values that must come out of it; ``test_cases`` runs them."""
