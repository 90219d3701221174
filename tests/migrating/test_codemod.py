"""docs/codemods/rust.py on programs as people write them, with signatures of our own making."""

from __future__ import annotations

import unittest

from .__main__ import codemod

RUST = codemod()
TEXT, LIST = "impl Into<String>", "Option<Vec<String>>"
SERVICES = {
    "Users": {
        "create": RUST.Method([("user_id", TEXT), ("email", "Option<&str>"), ("name", "Option<&str>")], False),
        "list": RUST.Method([("queries", LIST), ("search", "Option<&str>")], False),
        "get_prefs": RUST.Method([("user_id", TEXT)], True),
    },
    "TablesDB": {
        "update_integer_column": RUST.Method(
            [("database_id", TEXT), ("required", "bool"), ("default", "Option<i64>"), ("min", "Option<i64>")], False
        ),
    },
    "Functions": {
        "create_deployment": RUST.Method(
            [("function_id", TEXT), ("code", "InputFile"), ("activate", "bool"), ("entrypoint", "Option<&str>")], False
        ),
    },
}


class Codemod(unittest.TestCase):
    """Each test: a program of the official crate, and the same with ours."""

    def becomes(self, before: str, after: str, left: int = 0) -> None:
        alone: list[str] = []
        self.assertEqual(RUST.rewritten(before, SERVICES, alone), after)
        self.assertEqual(len(alone), left, alone)

    def test_optional_arguments_become_methods_with_their_names(self) -> None:
        self.becomes(
            'self.users.create(ID::unique(), None, Some("Ada, or (so)")).await?',
            'self.users.create(Id::unique()).name("Ada, or (so)").await?',
        )

    def test_an_optional_argument_that_is_a_variable_stays(self) -> None:
        self.becomes("users.create(id, email, None).await?", "users.create(id, email, None).await?", left=1)

    def test_a_service_is_recognized_by_its_variable(self) -> None:
        self.becomes(
            "let people = Users::new(&client);\nlet page = people.list(Some(vec![]), None).await?;",
            "let people = Users::new(&client);\nlet page = people.list().queries(Vec::<String>::new()).await?;",
        )

    def test_methods_of_other_types_stay(self) -> None:
        self.becomes("cart.create(a, None, None); list.list(1)", "cart.create(a, None, None); list.list(1)")

    def test_what_reads_your_own_data_gets_a_type(self) -> None:
        self.becomes("users.get_prefs(id).await?", "users.get_prefs::<serde_json::Value>(id).await?")

    def test_a_value_that_none_resets_is_required(self) -> None:
        self.becomes(
            "tables_db.update_integer_column(id, true, None, Some(1))",
            "tables_db.update_integer_column(id, true, None).min(1)",
        )

    def test_a_deployments_file_comes_last(self) -> None:
        self.becomes(
            'functions.create_deployment(id, InputFile::from_path("a.tgz", None).await?, true, Some("main.js"))',
            'functions.create_deployment(id, true, FileSource::path("a.tgz")).entrypoint("main.js")',
        )

    def test_a_client_is_built(self) -> None:
        self.becomes(
            'let client = Client::new()\n    .set_endpoint("https://a.test/v1")\n    .set_key(key())\n'
            "    .set_timeout(5);",
            'let client = Client::builder().endpoint("https://a.test/v1").key(key())'
            ".timeout(std::time::Duration::from_secs(5)).build()?;",
        )
        self.becomes(
            'let client = Client::new();\nclient.set_endpoint("https://a.test/v1"); // yours\n'
            'client.set_project("p");\n',
            'let client = Client::builder().endpoint("https://a.test/v1").project("p").build()?;\n',
        )

    def test_imports_move(self) -> None:
        self.becomes(
            "use appwrite::id::ID;\nuse appwrite::query::Query;\nuse appwrite::error::AppwriteError;\n"
            "use appwrite::Client;\n",
            "use polywrite::Id;\nuse polywrite::Query;\nuse polywrite::Error;\nuse polywrite::Client;\n",
        )


if __name__ == "__main__":
    unittest.main()
