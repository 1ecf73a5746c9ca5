"""Puts DuckDB's spatial extension, which comes as a package, where `INSTALL spatial` looks for it: under the home given as argument.

bqemulator runs that statement at its start; without the file DuckDB would download it.
"""
import pathlib
import shutil
import sys

import duckdb
import duckdb_extension_spatial

version = f"v{duckdb.__version__}"
platform = duckdb.sql("PRAGMA platform").fetchone()[0]
source = pathlib.Path(duckdb_extension_spatial.__file__).parent / "extensions" / version / "spatial.duckdb_extension"
target = pathlib.Path(sys.argv[1]) / ".duckdb" / "extensions" / version / platform
target.mkdir(parents=True, exist_ok=True)
shutil.copy(source, target)
