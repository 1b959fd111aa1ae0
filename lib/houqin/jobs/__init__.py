"""The jobs: parameters, runs, the runner. Nothing is imported here: papermill would load it with every engine."""
