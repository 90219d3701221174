// The library is linked at the very end of a build. Its header is looked for at the beginning.
#if !__has_include(<polywrite_swift.h>)
#error "Polywrite's native library is not found. `./dev build swift` makes it in dist/swift: set PKG_CONFIG_PATH to the folder lib/pkgconfig in there, or build with -Xcc -I and -Xlinker -L for its folders include and lib."
#endif
