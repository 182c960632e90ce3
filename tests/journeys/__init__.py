"""Given–when–then in a real browser: what a doctor does, page by page, and whom a page shuts out."""
