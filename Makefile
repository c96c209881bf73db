.PHONY: help archive embeddings explore simulate invariants run test check bench mutate docs pictures clean

help: ## show what can be done here
	@grep -E '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 10

run: ## set up and start Amends with a sample company
	@bin/run

test: ## set up and run every check: style, types, tests on both databases, browser, docs
	@bin/check

check: ## the same without PostgreSQL and the browser, for while you work
	@bin/check quick

bench: ## measure speed on this machine, one JSON line a figure
	@bin/bench

archive: ## install what the archive needs, try it on DuckDB and on Spark, and measure
	@bin/archive

mutate: ## change the gate code in small ways and say which changes no test noticed
	@bin/mutate

simulate: ## let 10,000 complaints live through the method and count what must never happen
	@bin/setup dev
	@.venv/bin/python -m bench.simulate --cases 10000

invariants: ## let random people walk through the method for longer than a test may
	@bin/setup dev
	@AMENDS_WALKS=1000 AMENDS_SEED=$${AMENDS_SEED:-$$(date +%s)} .venv/bin/pytest -q tests/rooms/test_invariants.py

explore: ## try the properties on examples nobody has tried yet, five times as many
	@bin/setup dev
	@HYPOTHESIS_PROFILE=explore .venv/bin/pytest -q -n 2 tests/method tests/language tests/measures tests/rehearsal tests/channels

embeddings: ## fetch the small public model that says what a text means, and test it
	@bin/setup dev
	@bin/embeddings
	@AMENDS_EMBEDDINGS=$$PWD/.embeddings .venv/bin/pytest -q -n 0 tests/language/test_sense.py

docs: ## read the documentation at http://127.0.0.1:8001, reloading as you write
	@bin/docs

pictures: ## draw the pictures of docs and README anew, from a desk of their own
	@bin/setup dev
	@.venv/bin/python bin/pictures

clean: ## remove what can be made again (never your data folder)
	@bin/clean
