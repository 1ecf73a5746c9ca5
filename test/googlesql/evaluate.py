"""Google's own GoogleSQL (PyPI `zetasql`: analyzer and reference evaluator in WebAssembly) behind lines of JSON: a command a line on
stdin, an answer a line on stdout. It keeps the tables that were declared, and their rows.

  {"do": "declare", "tables": {name: [[column, type], ...]}, "parameters": {name: type}, "options": {name: type}}
  {"do": "fill", "tables": {name: [[cell, ...], ...]}}
  {"do": "analyze", "sql": text}                                    any statement
  {"do": "describe", "sql": text, "makes"?: table}                  a query: its columns; declares what it makes as a table
  {"do": "evaluate", "sql": text, "parameters": {name: cell}, "makes"?: table}   a query: its columns and rows; keeps what it makes

A cell is null or a text: decimal digits (INT64; NUMERIC in billionths; TIMESTAMP in microseconds, DATE in days, both since 1970),
hexadecimal digits (BYTES), true or false (BOOL), the text itself (STRING).
"""

import ctypes
import json
import sys

from zetasql.core.wasm_client import WasmClient
from zetasql.wasi import get_wasm_path
from zetasql.wasi._pb2.zetasql.local_service import local_service_pb2 as service
from zetasql.wasi._pb2.zetasql.proto import options_pb2, simple_catalog_pb2
from zetasql.wasi._pb2.zetasql.public import options_pb2 as public_options, type_pb2
from zetasql.wasi._pb2.zetasql.resolved_ast import resolved_node_kind_pb2

NAMES = ("STRING", "INT64", "BYTES", "BOOL", "DATE", "TIMESTAMP", "NUMERIC", "FLOAT64")
KINDS = {name: type_pb2.TypeKind.Value("TYPE_DOUBLE" if name == "FLOAT64" else f"TYPE_{name}") for name in NAMES}
KINDS_OF_STATEMENT = [
    resolved_node_kind_pb2.ResolvedNodeKind.Value(f"RESOLVED_{name}_STMT") for name in ("QUERY", "INSERT", "UPDATE", "CREATE_TABLE", "CREATE_TABLE_AS_SELECT", "CREATE_VIEW")
]
NAME_OF = {kind: name for name, kind in KINDS.items()}


def kind_of(name):
    return KINDS[name.split("(")[0]]


class Client(WasmClient):
    """The package copies byte by byte."""

    def write_bytes(self, ptr, data):
        ctypes.memmove(ctypes.addressof(self.memory.data_ptr().contents) + ptr, data, len(data))

    def read_bytes(self, ptr, size):
        return ctypes.string_at(ctypes.addressof(self.memory.data_ptr().contents) + ptr, size)


def to_cell(value, kind, text):
    if text is None:
        return
    name = NAME_OF[kind]
    if name == "STRING":
        value.string_value = text
    elif name == "INT64":
        value.int64_value = int(text)
    elif name == "BYTES":
        value.bytes_value = bytes.fromhex(text)
    elif name == "BOOL":
        value.bool_value = text == "true"
    elif name == "DATE":
        value.date_value = int(text)
    elif name == "TIMESTAMP":
        value.timestamp_value.seconds, micros = divmod(int(text), 1_000_000)
        value.timestamp_value.nanos = micros * 1_000
    elif name == "NUMERIC":
        whole = int(text)
        value.numeric_value = whole.to_bytes(whole.bit_length() // 8 + 1, "little", signed=True)


def from_cell(value):
    which = value.WhichOneof("value")
    if which is None:
        return None
    found = getattr(value, which)
    if which == "string_value":
        return found
    if which == "bytes_value":
        return found.hex()
    if which == "bool_value":
        return "true" if found else "false"
    if which == "timestamp_value":
        return str(found.seconds * 1_000_000 + found.nanos // 1_000)
    if which == "numeric_value":
        return str(int.from_bytes(found, "little", signed=True))
    return str(found)  # INT64, DATE; of any other type the comparison says so


class Books:
    def __init__(self):
        self.client = Client(get_wasm_path())
        self.language = self.call("GetLanguageOptions", service.LanguageOptionsRequest(maximum_features=True), options_pb2.LanguageOptionsProto)
        self.language.reserved_keywords.append("QUALIFY")  # as BigQuery has it
        self.language.product_mode = public_options.PRODUCT_EXTERNAL  # BigQuery's types only
        self.language.supported_statement_kinds.extend(KINDS_OF_STATEMENT)
        self.tables, self.rows, self.read, self.kept = {}, {}, {}, None
        self.parameters = {}
        self.options = options_pb2.AnalyzerOptionsProto()

    def call(self, name, request, answer):
        return self.client.call_grpc_func(f"ZetaSqlLocalService_{name}", request, answer)

    def declare(self, task):
        self.forget()
        self.tables = {name: [(column, kind_of(kind)) for column, kind in columns] for name, columns in task["tables"].items()}
        self.parameters = {name: kind_of(kind) for name, kind in task["parameters"].items()}
        self.rows = {}
        self.options = options_pb2.AnalyzerOptionsProto(language_options=self.language, default_timezone="UTC", prune_unused_columns=True)
        for name, kind in self.parameters.items():
            self.options.query_parameters.add(name=name, type=type_pb2.TypeProto(type_kind=kind))
        allowed = self.options.allowed_hints_and_options
        allowed.disallow_unknown_options = True
        for name, kind in task["options"].items():
            allowed.option.add(name=name, type=type_pb2.TypeProto(type_kind=kind_of(kind)))
        return {}

    def fill(self, task):
        self.forget()
        for name, rows in task["tables"].items():
            kinds = [kind for _, kind in self.tables[name]]
            content = service.TableContent()
            content.table_data.SetInParent()
            for row in rows:
                cells = content.table_data.row.add().cell
                for kind, text in zip(kinds, row, strict=True):
                    to_cell(cells.add(), kind, text)
            self.rows[name] = content
        return {}

    def catalog(self, names):
        catalog = simple_catalog_pb2.SimpleCatalogProto(name="books")
        catalog.builtin_function_options.language_options.CopyFrom(self.language)
        for name in names:
            *path, last = name.split(".")  # project.dataset.table
            table = self.within(catalog, path).table.add(name=last)
            for column, kind in self.tables[name]:
                table.column.add(name=column, type=type_pb2.TypeProto(type_kind=kind))
        return catalog

    def within(self, catalog, path):
        for name in path:
            found = [inner for inner in catalog.catalog if inner.name == name]
            catalog = found[0] if found else catalog.catalog.add(name=name)
        return catalog

    def tables_of(self, sql):
        if sql not in self.read:
            request = service.ExtractTableNamesFromStatementRequest(sql_statement=sql, options=self.language)
            found = self.call("ExtractTableNamesFromStatement", request, service.ExtractTableNamesFromStatementResponse)
            self.read[sql] = [name.table_name_segment[-1] for name in found.table_name]
        return [name for name in self.read[sql] if name in self.tables]

    def analyze(self, task):
        request = service.AnalyzeRequest(sql_statement=task["sql"], options=self.options, simple_catalog=self.catalog(self.tables))
        self.call("Analyze", request, service.AnalyzeResponse)
        return {}

    def describe(self, task):
        request = service.PrepareQueryRequest(sql=task["sql"], options=self.options, simple_catalog=self.catalog(self.tables))
        prepared = self.call("PrepareQuery", request, service.PrepareQueryResponse).prepared
        self.call("UnprepareQuery", service.UnprepareQueryRequest(prepared_query_id=prepared.prepared_query_id), service.PrepareQueryResponse)
        return self.columns(prepared, task)

    def columns(self, prepared, task):
        columns = [(column.name, column.type.type_kind) for column in prepared.columns]
        if "makes" in task:
            self.tables[task["makes"]] = columns
        return {"columns": [[name, NAME_OF.get(kind, type_pb2.TypeKind.Name(kind))] for name, kind in columns]}

    def contents(self, request, names):
        for name in names:
            if name in self.rows:
                request.table_content[name].CopyFrom(self.rows[name])
        return request

    def keep(self):
        """Registers all tables with their rows: a query of them then takes a quarter of the time."""
        if self.kept is None:
            request = self.contents(service.RegisterCatalogRequest(simple_catalog=self.catalog(self.tables)), self.tables)
            self.kept = self.call("RegisterCatalog", request, service.RegisterResponse).registered_id
        return self.kept

    def forget(self):
        if self.kept is not None:
            self.call("UnregisterCatalog", service.UnregisterRequest(registered_id=self.kept), service.RegisterResponse)
        self.kept = None

    def evaluate(self, task):
        request = service.EvaluateQueryRequest(sql=task["sql"], options=self.options)
        if "makes" in task:
            self.forget()
            names = self.tables_of(task["sql"])
            request.simple_catalog.CopyFrom(self.catalog(names))
            self.contents(request, names)
        else:
            request.registered_catalog_id = self.keep()
        for name, text in task["parameters"].items():
            to_cell(request.params.add(name=name).value, self.parameters[name], text)
        found = self.call("EvaluateQuery", request, service.EvaluateQueryResponse)
        answer = self.columns(found.prepared, task)
        if "makes" in task:
            self.rows[task["makes"]] = found.content
        answer["rows"] = [[from_cell(cell) for cell in row.cell] for row in found.content.table_data.row]
        return answer


def main():
    books = Books()
    for line in sys.stdin:
        task = json.loads(line)
        try:
            answer = getattr(books, task["do"])(task)
        except Exception as error:  # the service's own types of error differ by version
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


main()
