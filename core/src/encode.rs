//! How arguments are written into a request.
