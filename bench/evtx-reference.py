"""The reference of the EVTX bench: prints every record as JSON with the Rust reader (PyPI `evtx`), on one thread."""

import sys

import evtx

for record in evtx.PyEvtxParser(sys.argv[1], number_of_threads=1).records_json():
    sys.stdout.write(record["data"])
