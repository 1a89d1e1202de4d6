"""The data layer: models, reference data and the two stores."""
