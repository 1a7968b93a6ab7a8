# Each target is one line over npm: `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help db-shell setup env build up status health doctor dev shell migrate seed test test-unit test-integration test-e2e coverage lint ci clean backup restore

help: ## Cette liste / this list
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/  \1\t\2/' | expand -t 20
setup: ## Installe les dépendances / installs the dependencies
	npm ci
env: ## Crée .env à partir de .env.example / makes .env from .env.example
	@test -e .env && echo '.env existe déjà / already exists' || cp .env.example .env
build: ## Construit l'application web / builds the web application
	npm run build
up: ## Démarre Quittance / starts Quittance
	npm start
status: health ## Comme health / same as health
health: ## Demande au serveur s'il fonctionne / asks the server whether it works
	npm run -s quittance -- health
doctor: ## Examine l'installation et les comptes / examines the installation and the books
	npm run -s quittance -- doctor
dev: ## Serveur redémarré à chaque changement / server restarted at each change
	npm run dev
shell: ## Aide de la ligne de commande / help of the command line
	npm run -s quittance -- --help
db-shell: ## psql sur DATABASE_URL / psql on DATABASE_URL
	@test -n "$$DATABASE_URL" && psql "$$DATABASE_URL" || echo 'DATABASE_URL est vide : pas de psql pour la base embarquée / is empty: the embedded database has no psql'
migrate: ## Met la base à jour / brings the database up to date
	npm run migrate
seed: ## Crée les sociétés de démonstration / makes the demonstration companies
	npm run seed
test: ## Tous les tests / every test
	npm test
test-unit: ## Tests sans base de données / tests without a database
	npm run test:unit
test-integration: ## Tests avec une base de données / tests with a database
	npm run test:integration
test-e2e: ## Parcours dans un navigateur / walks in a browser
	npm run test:e2e
coverage: ## Couverture, en HTML / coverage, as HTML
	npm run coverage
lint: ## Règles de la maison / house rules
	npm run tidy
ci: ## Types, règles, tests / types, rules, tests
	npm run check
clean: ## Supprime ce qui est construit, après question / removes what is built, after a question
	@printf 'Supprimer dist, .types et coverage (pas les données) ? / Remove dist, .types and coverage (not the data)? [o/y] ' && read a && case "$$a" in o|O|y|Y) rm -rf dist .types coverage;; *) echo 'rien / nothing';; esac
backup: ## Sauvegarde les données / backs up the data
	npm run -s quittance -- backup
restore: ## Restaure FILE=… après question / restores FILE=… after a question
	npm run -s quittance -- restore "$(FILE)"
