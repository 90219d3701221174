# Vectors: `vectors LANGUAGE COMMAND…` runs a runner (it gets the plan and the report's name) and judges its report.

vectors() {
    local language=$1 folder=$root/target/vectors
    shift
    say "$language: the vectors"
    mkdir -p "$folder"
    rm -f "$folder/$language".{report,coverage}
    python3 -m tests.vectors.check plan "$folder/$language.plan"
    "$@" "$folder/$language.plan" "$folder/$language.report"
    python3 -m tests.vectors.check judge "$language" "$folder/$language.report" "$folder/$language.coverage"
}

# Fails if no language ran a vector.
vectors_coverage() {
    say "The vectors of all languages together"
    python3 -m tests.vectors.check coverage "$root"/target/vectors/*.coverage
}
