#!/usr/bin/env bash
# Deploys template.yaml, asks it what API Gateway does where AWS's documentation is silent, and deletes it again. Needs curl and the AWS CLI
# with permission to create a stack, a role, a function and two APIs. With REST_URL and HTTP_URL set, it asks these and deploys nothing.
# Exit code: 0 all as assumed, 1 something isn't, 2 the stack could not be made or reached.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

stack="authorizer-confirm-$$"
differing=0

# shellcheck disable=SC2317 # called when the script ends
remove() {
    echo "deleting the stack $stack" >&2
    aws cloudformation delete-stack --stack-name "$stack"
    aws cloudformation wait stack-delete-complete --stack-name "$stack"
}

output() {
    aws cloudformation describe-stacks --stack-name "$stack" --output text \
        --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

# No token is cached from an earlier run.
run="$(date +%s)-$$"
# METHOD URL [MODE]: the status of one request; the mode is what the authorizer shall answer with.
status() {
    curl --silent --output /dev/null --max-time 30 --write-out '%{http_code}' \
        --path-as-is --request "$1" ${3:+--header "Authorization: $3:$run"} "$2" || true
}

# FACT WANTED FOUND
fact() {
    if [ "$2" = "$3" ]; then
        echo "confirmed        $1"
    else
        echo "not as assumed   $1: $3 in place of $2"
        differing=1
    fi
}

if [ -z "${REST_URL:-}" ] || [ -z "${HTTP_URL:-}" ]; then
    trap remove EXIT
    aws cloudformation deploy --stack-name "$stack" --template-file template.yaml --capabilities CAPABILITY_IAM >&2 || exit 2
    REST_URL=$(output RestUrl)
    HTTP_URL=$(output HttpUrl)
    sleep "${SETTLE_SECONDS:-15}"
fi

if [ "$(status GET "$REST_URL/b" all)" != 200 ]; then
    echo "$REST_URL doesn't answer as it should: nothing was confirmed" >&2
    exit 2
fi

fact "the ARN of one request allows that request" 200 "$(status GET "$REST_URL/a" echo)"
fact "once cached, it refuses another route" 403 "$(status GET "$REST_URL/b" echo)"
fact "* crosses a slash" 200 "$(status GET "$REST_URL/deep/x/y" deep)"
fact "the root is GET/ with an empty path" 200 "$(status GET "$REST_URL/" root)"
fact "a method that a path lacks falls through to {proxy+}" 200 "$(status GET "$REST_URL/admin")"
fact "a trailing slash is not in the ARN" 200 "$(status GET "$REST_URL/a/" exact)"
fact "\"Condition\": null is an error" 500 "$(status GET "$REST_URL/a" null-condition)"
fact "an object in context is an error" 500 "$(status GET "$REST_URL/a" nested)"
fact "a Deny refuses its own request" 403 "$(status GET "$REST_URL/a" deny-first)"
fact "a Deny is cached" 403 "$(status GET "$REST_URL/b" deny-first)"
fact "a thrown error is 401" 401 "$(status GET "$REST_URL/a" throw-first)"
fact "a thrown error is not cached" 200 "$(status GET "$REST_URL/b" throw-first)"
fact "a key of context variables lets one caller in" 200 "$(status GET "$REST_URL/shared" all)"
fact "and then another whom the function would refuse" 200 "$(status GET "$REST_URL/shared" deny)"
fact "\$context.routeKey: one value of a path parameter" 200 "$(status GET "$HTTP_URL/users/1" echo)"
fact "shares its response with another value" 403 "$(status GET "$HTTP_URL/users/2" echo)"

exit "$differing"
