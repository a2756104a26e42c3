"""Reads the tars of a data set as webdataset does, with the standard library alone: files that follow each other and have
one key, up to the first dot, are one sample. Prints a JSON object a sample: its key, and each file's size and SHA-256."""
import hashlib
import json
import sys
import tarfile

for path in sys.argv[1:]:
    sample = None
    with tarfile.open(path, "r|") as tar:
        for member in tar:
            key, extension = member.name.split(".", 1)
            content = tar.extractfile(member).read()
            if sample is None or sample["__key__"] != key:
                if sample is not None:
                    print(json.dumps(sample))
                sample = {"__key__": key}
            assert extension not in sample, member.name
            told = {"sha256": hashlib.sha256(content).hexdigest(), "mtime": member.mtime}
            sample[extension] = json.loads(content) if extension == "json" else content.decode() if extension == "txt" else told
    if sample is not None:
        print(json.dumps(sample))
