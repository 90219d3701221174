//! The definition of the Appwrite server API, and its reader.
