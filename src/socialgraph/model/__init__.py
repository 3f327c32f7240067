"""The foundation: claims, relations, dates, words. Standard library only (and `edtf`, inside `dates`)."""
