"""Writes Parquet files with the engine's own library, for tests that read them."""

import ctypes
import os


def available():
    return bool(os.environ.get("RIPEN_DUCKDB"))


def csv_to_parquet(csv_path, parquet_path):
    """The rows of a CSV file with the types that the engine finds: times, booleans, numbers, text."""
    library = ctypes.CDLL(os.environ["RIPEN_DUCKDB"])
    database, connection = ctypes.c_void_p(), ctypes.c_void_p()
    assert library.duckdb_open(None, ctypes.byref(database)) == 0
    try:
        assert library.duckdb_connect(database, ctypes.byref(connection)) == 0
        statement = (f"COPY (SELECT * FROM read_csv('{csv_path}', sample_size = -1)) "
                     f"TO '{parquet_path}' (FORMAT parquet)")
        assert library.duckdb_query(connection, statement.encode(), None) == 0, statement
        library.duckdb_disconnect(ctypes.byref(connection))
    finally:
        library.duckdb_close(ctypes.byref(database))
