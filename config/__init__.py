"""How the site is put together: settings, the map of its addresses, the way in."""
