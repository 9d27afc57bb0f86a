# Every way to run the course; `make` alone lists them.
# ARGS goes to the program behind a target: make lab ARGS="--no-browser --port 9999".

ENVIRONMENT = sh utils/environment/find_python.sh
RUN = $(ENVIRONMENT) run
RUN_DEV = $(ENVIRONMENT) run --dev
BESIDE = tests/notebooks tests/zoo tests/instruments

.DEFAULT_GOAL = help
.PHONY: help lab doctor check-notebooks check-browser notebooks reset bench records lint lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' Makefile

# For learners

lab: ## open the course in JupyterLab (the first time, make its environment)
	@$(ENVIRONMENT) lab $(ARGS)

doctor: ## say what is wrong with the environment, if anything is, and how to mend it
	@$(ENVIRONMENT) doctor

reset: ## bring one lesson back to its first state and keep your copy: make reset LESSON=01
	@case "$$LESSON" in *[!\ ]*) ;; *) echo 'Say which lesson: make reset LESSON=01' >&2; exit 1;; esac
	@$(RUN) -m utils.building reset -- "$$LESSON"

# For authors and maintainers

notebooks: ## build notebooks/ and solutions/ from lessons/
	@$(RUN) -m utils.building write

check-notebooks: ## run every test that needs no browser
	@$(RUN_DEV) -m utils.building check
ifdef ARGS
	@$(RUN_DEV) -m pytest tests --ignore=tests/browser $(ARGS)
else # two processes side by side, about equally long; the report of the second comes last
	@report=$$(mktemp); $(RUN_DEV) -m pytest $(BESIDE) >"$$report" 2>&1 & beside=$$!; \
	$(RUN_DEV) -m pytest tests --ignore=tests/browser $(BESIDE:%=--ignore=%); rest=$$?; \
	wait $$beside; ran=$$?; cat "$$report"; rm -f "$$report"; test $$rest = 0 -a $$ran = 0
endif

check-browser: ## run the tests in a real browser (Chromium)
	@$(RUN_DEV) --browser -m pytest tests/browser $(ARGS)

bench: ## measure the sliders' latency, the trainer, the gradient check, the repairs, diagnose
	@$(RUN_DEV) --browser -m utils.benchmarks $(ARGS)

records: ## train what the explorers show as recorded (minutes)
	@$(RUN) -m utils.training.record $(ARGS)

lint: ## check the style of the code
	@$(RUN_DEV) -m ruff check $(ARGS)

lock: ## choose the versions anew within pyproject.toml's ranges (needs uv)
	@$(ENVIRONMENT) lock

clean: ## remove the environment and everything else that make has made
	@rm -rf .venv .venv.lock .cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
