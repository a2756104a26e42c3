"""Doubles numbers with multiprocessing.Pool: pool_imap.py ITEMS PROCESSES CHUNKSIZE. Prints the seconds it took."""

import sys
import time
from multiprocessing import Pool


def double(number):
    return number * 2


if __name__ == "__main__":
    items, processes, chunksize = map(int, sys.argv[1:])
    started = time.perf_counter()
    with Pool(processes) as pool:
        total = sum(pool.imap(double, range(items), chunksize=chunksize))
    seconds = time.perf_counter() - started
    assert total == items * (items - 1), total
    print(seconds)
