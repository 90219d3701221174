//! Writes every Polywrite facade from the API definition.
