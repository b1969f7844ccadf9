"""The PostgreSQL that other tests use: databases are empty, apart, and can be copied."""

from __future__ import annotations

from sqlalchemy import create_engine, inspect, text

from tests.postgres import drop_database, fresh_database_url, version


def test_it_is_the_version_that_we_say_we_support() -> None:
    assert version().startswith("18.")


def test_two_databases_do_not_see_each_other_and_a_copy_has_all() -> None:
    first, second = fresh_database_url(), fresh_database_url()
    engine = create_engine(first)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (words text)"))
    engine.dispose()
    copy = fresh_database_url(like=first)
    assert [_tables(url) for url in (first, second, copy)] == [["note"], [], ["note"]]
    for url in (first, second, copy):
        drop_database(url)


def _tables(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()
