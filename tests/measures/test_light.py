"""A desk that starts pays nothing for the measures: numpy and scipy come when the first figure is asked for."""

import subprocess
import sys


def run(program):
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.strip()


IMPORT_ALL = """
import importlib, pkgutil, sys, amends.measures
for module in pkgutil.iter_modules(amends.measures.__path__):
    importlib.import_module(f"amends.measures.{module.name}")
"""


def test_importing_every_measure_imports_no_library():
    heavy = run(IMPORT_ALL + "print([name for name in ('numpy', 'scipy', 'django') if name in sys.modules])")
    assert heavy == "[]"


def test_a_figure_takes_only_the_special_functions_of_scipy():
    asked = "from amends.measures.scores import net_promoters; import sys; net_promoters(3, 2, 1)\n"
    loaded = run(
        asked + "print([name for name in ('scipy.special', 'scipy.stats', 'scipy.optimize') if name in sys.modules])"
    )
    assert loaded == "['scipy.special']"
