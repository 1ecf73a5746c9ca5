"""Which columns of which tables each statement reads, as Google's analyzer sees it: BigQuery bills the columns that are read.

Reads one JSON document on stdin: {"tables": {name: [[column, type], ...]}, "parameters": {name: type}, "statements": [{"name", "sql",
"makes"?: table}]}; a statement that makes a table adds it to those that later ones read. Writes {statement: {table: {column: type}}}.
"""

import json
import sys

from zetasql.api import Analyzer, CatalogBuilder, ResolvedNodeVisitor, TableBuilder
from zetasql.types import AnalyzerOptions, LanguageOptions, Type, TypeKind, ZetaSQLBuiltinFunctionOptions

NAMES = ("STRING", "INT64", "BYTES", "BOOL", "DATE", "TIMESTAMP", "NUMERIC", "JSON")
KINDS = {name: getattr(TypeKind, f"TYPE_{name}") for name in NAMES}
NAME_OF = {int(kind): name for name, kind in KINDS.items()}


def kind_of(name):
    return KINDS[name.split("(")[0]]


class Scans(ResolvedNodeVisitor):
    def __init__(self):
        super().__init__()
        self.read = {}

    def visit_ResolvedInsertStmt(self, node):
        self.visit(node.query)  # not the table that rows are put into: nothing of it is read

    def visit_ResolvedTableScan(self, node):
        columns = self.read.setdefault(node.table.name, {})
        for column in node.column_list:
            columns[column.name] = NAME_OF[int(column.type.type_kind)]


def main():
    task = json.load(sys.stdin)
    language = LanguageOptions.maximum_features()
    language.reserved_keywords = ["QUALIFY"]
    parameters = [AnalyzerOptions.QueryParameter(name=name, type=Type(type_kind=kind_of(kind))) for name, kind in task["parameters"].items()]
    options = AnalyzerOptions(language_options=language, default_timezone="UTC", prune_unused_columns=True, query_parameters=parameters)
    tables = {name: [(column, kind_of(kind)) for column, kind in columns] for name, columns in task["tables"].items()}
    out = {}
    for statement in task["statements"]:
        catalog = CatalogBuilder("books")
        for name, columns in tables.items():
            table = TableBuilder(name)
            for column, kind in columns:
                table.add_column(column, kind)
            catalog.add_table(table.build())
        catalog.with_builtin_functions(ZetaSQLBuiltinFunctionOptions(language_options=language))
        try:
            resolved = Analyzer(options, catalog.build()).analyze_statement(statement["sql"])
        except Exception as error:  # the analyzer's own types of error differ by version
            sys.exit(f"{statement['name']}: {error}")
        scans = Scans()
        if getattr(resolved, "row_list", None):
            out[statement["name"]] = {}  # INSERT … VALUES
            continue
        scans.visit(resolved)
        out[statement["name"]] = {table: dict(sorted(columns.items())) for table, columns in sorted(scans.read.items())}
        if "makes" in statement:
            tables[statement["makes"]] = [(column.name, column.column.type.type_kind) for column in resolved.output_column_list]
    json.dump(out, sys.stdout, indent=1)


main()
