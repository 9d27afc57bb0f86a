# Every way to run the course. `make` alone lists the targets.
ARGS =
PYTHON = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help notebooks check-notebooks check-browser lint

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

notebooks: ## build notebooks/ and solutions/ from lessons/
	@$(PYTHON) -m utils.building write

check-notebooks: ## run every test that needs no browser
	@$(PYTHON) -m utils.building check
	@$(PYTHON) -m pytest tests --ignore=tests/browser $(ARGS)

check-browser: ## run the tests in a real browser
	@$(PYTHON) -m pytest tests/browser $(ARGS)

lint: ## check the style of the code
	@$(PYTHON) -m ruff check $(ARGS)
