# Programs in frameworks, bundlers, test runners and under compilers of several years: built, copied to where no
# `node_modules` is, started and called, with the packages as users get them. Their tools are in the cache folder.
# --frameworks=quick leaves out the frameworks, which take minutes each.

frameworks=(bundlers runners testing typescript)
option --frameworks=quick || frameworks+=(astro next nuxt sveltekit)
say "Node: the package in frameworks: ${frameworks[*]}"
# One after the other: they share the folders of their tools.
(cd tests/frameworks && node --test --test-concurrency=1 "${frameworks[@]/%/.test.mjs}")
