// Stands beside the native library, so that a build which does not find the library stops before it links. Who makes
// the library copies this file with it.
