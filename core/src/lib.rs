//! The server SDK for Appwrite.
