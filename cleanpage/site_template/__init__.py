"""What the pages of a site share leaves the body."""
