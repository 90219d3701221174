//! A local Appwrite to develop and test against.
