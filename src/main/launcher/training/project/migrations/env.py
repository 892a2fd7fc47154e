"""Never run: the training only reads the scripts."""
