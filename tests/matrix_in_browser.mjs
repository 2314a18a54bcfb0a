// Is the HTML matrix what it promises, in a real browser? It asks nothing of the network, says nothing on the console, can be used by role and name,
// by keyboard and in both colour schemes, passes axe's rules, shows hostile names as text, and stays fluid with 300 routes and 100 policies.
//
//     node tests/matrix_in_browser.mjs BINARY MODULES [PICTURES]
//
// MODULES is the folder where npm has put playwright-core and axe-core; pictures of the pages go to PICTURES, `docs/matrix.png` among them.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [binary, modules, pictures] = process.argv.slice(2).map((path) => resolve(path));
if (pictures) mkdirSync(pictures, { recursive: true });
const require = createRequire(join(modules, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const folder = mkdtempSync(join(tmpdir(), "matrix-"));
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Bounds that only a page which hangs goes over; the times themselves are printed. */
const LOADED = 10_000;
const FILTERED = 3_000;

// ---- Pages to look at ----

const matrix = (name, directory, typed) => {
  const page = join(folder, `${name}.html`);
  execFileSync(binary, ["coverage", ...typed, "--no-config", "--format", `html=${page}`], { cwd: directory });
  return pathToFileURL(page).href;
};

const project = (name, files) => {
  const directory = join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  return directory;
};

/** Each statement is an effect and tails of ARNs; what begins with `!` is left out, and `?` in place of a tail makes it depend on a condition. */
const policy = (...statements) => JSON.stringify({
  principalId: "someone",
  policyDocument: { Version: "2012-10-17", Statement: statements.map(statement) },
});

const statement = ([Effect, ...tails]) => {
  const arn = (tail) => `arn:aws:execute-api:eu-west-1:123456789012:abc/prod/${tail.replace("!", "")}`;
  const key = tails[0].startsWith("!") ? "NotResource" : "Resource";
  const Condition = tails.includes("?") ? { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } : undefined;
  return { Effect, Action: "execute-api:Invoke", [key]: tails.filter((tail) => tail !== "?").map(arn), Condition };
};

const SERVICES = ["orders", "users", "invoices", "carts", "items", "payments", "reports", "tenants", "teams", "search"];

/** 300 routes and 100 policies, of the kinds that teams have. */
const large = () => {
  const shapes = ["", "/{id}", "/{id}/history", "/{id}/notes", "/{id}/notes/{note}"];
  const methods = ["GET", "POST", "DELETE"];
  const routes = [];
  for (const version of ["v1", "v2"]) {
    for (const service of SERVICES) {
      for (const shape of shapes) for (const method of methods) routes.push(`${method} /${version}/${service}${shape}`);
    }
  }
  const files = { "routes.txt": routes.join("\n") };
  for (let number = 0; number < 100; number += 1) {
    const service = SERVICES[number % SERVICES.length];
    const kinds = [
      [["Allow", "*"]],
      [["Allow", "GET/*"], ["Deny", `*/v1/${service}/*`]],
      [["Allow", `*/*/${service}*`]],
      [["Allow", `GET/v1/${service}/7`, `GET/v2/${service}/*`], ["Deny", "DELETE/*"]],
      [["Allow", `GET/v1/${service}`]],
      [["Allow", "*"], ["Deny", `DELETE/*/${service}/*/notes/*`]],
      [["Allow", "*/v2/*"]],
    ];
    files[`policies/${service}/role-${String(number).padStart(2, "0")}.json`] = policy(...kinds[(number * 3) % kinds.length]);
  }
  return matrix("large", project("large", files), ["policies", "--routes", "routes.txt"]);
};

/** What a small team has, with a cell of every kind that comes up often. */
const team = () => {
  const routes = [
    "GET /v1/orders", "POST /v1/orders", "GET /v1/orders/{id}", "DELETE /v1/orders/{id}", "GET /v1/orders/{id}/items", "POST /v1/orders/{id}/items",
    "GET /v1/users/me", "GET /v1/users/{id}", "PUT /v1/users/{id}", "DELETE /v1/users/{id}", "GET /v1/reports/{name+}", "GET /v1/search",
    "POST /v1/uploads", "GET /v1/files/{name}", "ANY /v1/admin/{proxy+}", "GET /health",
  ];
  const admin = ["Deny", "*/v1/admin/*"];
  const policies = {
    admin: policy(["Allow", "*"]),
    auditor: policy(["Allow", "GET/*"], ["Deny", "POST/*", "PUT/*", "DELETE/*", "*/v1/admin/*"]),
    customer: policy(["Allow", "*/v1/orders*", "GET/v1/users/me", "GET/v1/search", "GET/health"], ["Deny", "DELETE/*"], admin),
    guest: policy(["Allow", "GET/v1/search", "GET/health"]),
    "method-arn": policy(["Allow", "GET/v1/orders"]),
    office: policy(["Allow", "*", "?"], admin),
    partner: policy(["Allow", "*/v1/*"], ["Deny", "*/v1/users/*", "GET/v1/reports/internal/*"], admin),
    support: policy(["Allow", "!DELETE/*", "!*/v1/admin/*"]),
    "tenant-42": policy(["Allow", "GET/v1/orders", "*/v1/orders/42*", "*/v1/users/42", "GET/v1/reports/42/*", "GET/health"], admin),
  };
  const files = Object.fromEntries(Object.entries(policies).map(([name, text]) => [`responses/${name}.json`, text]));
  return matrix("team", project("team", { ...files, "routes.txt": routes.join("\n") }), ["responses", "--routes", "routes.txt"]);
};

const HOSTILE = "policies/<\"'&/script><img src=x onerror=document.title=1>.json";

const TAG = "</script><b>bold</b>";

const hostile = () => {
  const directory = project("hostile", {
    [HOSTILE]: policy(["Allow", "GET/a"]),
    "routes.txt": `@authorizer ${TAG}\nGET /a ${TAG}\nPOST /a/{<b>id} ${TAG}\nGET /価格/{識別子} ${TAG}\n`,
  });
  return matrix("hostile", directory, ["policies", "--routes", "routes.txt"]);
};

// ---- The browser ----

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

/** Opens a page that must stay quiet. */
const open = async (url, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error}`));
  page.on("request", (request) => {
    if (request.url() !== url && request.url() !== "data:,") said.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, said };
};

const close = async ({ page, said }) => {
  assert.deepEqual(said, [], "the page was not quiet");
  await page.context().close();
};

const picture = async (page, name, clip) => {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), clip });
};

const cells = (page, name) => page.getByRole("gridcell", { name });
const nameOfFocused = (page) => page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.textContent);

/** What axe finds wrong, contrast included. Its script comes through the debugger, which the page's policy does not bind. */
const accessible = async (page) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
  assert.deepEqual(told, []);
};

// ---- What must hold ----

const tests = {
  async "forgotten cells are found by their role and label"() {
    const opened = await open(quickstart);
    const { page } = opened;
    assert.equal(await page.title(), "Authorizer coverage: 5 routes × 1 policy");
    await page.getByRole("grid", { name: "What each policy does to each route" }).waitFor();
    for (const route of ["POST /v1/users", "GET /v1/users/{id}", "GET /v1/orders", "POST /v1/orders"]) {
      const request = route.replace("{id}", "1");
      const label = `${route} under fixtures/quickstart/policy.json: forgotten, e.g. ${request}`;
      assert.equal(await page.getByRole("gridcell", { name: label, exact: true }).count(), 1, label);
    }
    assert.equal(await cells(page, /: forgotten, e\.g\. /).count(), 4);
    assert.equal(await cells(page, "GET /v1/users under fixtures/quickstart/policy.json: allowed").count(), 1);
    assert.equal(await page.getByRole("rowheader").count(), 5);
    await close(opened);
  },

  async "pointing at a cell shows its request, and who keeps the response"() {
    const opened = await open(quickstart);
    const details = opened.page.getByRole("region", { name: "Details" });
    await cells(opened.page, /^GET \/v1\/users\/\{id\} under/).hover();
    const told = await details.textContent();
    for (const part of ["forgotten", "implicit-deny, e.g. GET /v1/users/1", "cached 300 s (API Gateway's default)",
      "method.request.header.Authorization", "policy.json:1", "routes.txt:5"]) {
      assert.ok(told.includes(part), `${part} is not in ${told}`);
    }
    await close(opened);
  },

  async "arrow keys move, and what has the focus is shown"() {
    const opened = await open(quickstart);
    const { page } = opened;
    await page.getByRole("searchbox", { name: "Policies" }).focus();
    for (let chip = 0; chip < 3; chip += 1) await page.keyboard.press("Tab");
    const steps = [
      [null, "GET /v1/users under fixtures/quickstart/policy.json: allowed, e.g. GET /v1/users"],
      ["ArrowDown", "POST /v1/users under fixtures/quickstart/policy.json: forgotten, e.g. POST /v1/users"],
      ["ArrowLeft", "POST /v1/users"],
      ["ArrowRight", "POST /v1/users under fixtures/quickstart/policy.json: forgotten, e.g. POST /v1/users"],
      ["Control+End", "POST /v1/orders under fixtures/quickstart/policy.json: forgotten, e.g. POST /v1/orders"],
      ["ArrowDown", "POST /v1/orders under fixtures/quickstart/policy.json: forgotten, e.g. POST /v1/orders"],
      ["f", "POST /v1/users under fixtures/quickstart/policy.json: forgotten, e.g. POST /v1/users"],
      ["PageUp", "policy.json 1"],
    ];
    for (const [key, expected] of steps) {
      if (key) await page.keyboard.press(key);
      assert.equal((await nameOfFocused(page)).trim().replace(/\s+/g, " "), expected, `after ${key}`);
      const told = await page.getByRole("region", { name: "Details" }).textContent();
      assert.ok(told.includes(expected.split(" under ")[0].replace(" 1", "")), `after ${key}: ${told}`);
    }
    assert.equal(await page.locator("table [tabindex='0']").count(), 1);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.closest("table")), null);
    await close(opened);
  },

  async "filters by route, policy and status"() {
    const opened = await open(several);
    const { page } = opened;
    const rows = page.locator("tbody tr:visible");
    const columns = page.locator("thead th:visible");
    const shows = async (down, across) => {
      assert.deepEqual([await rows.count(), await columns.count()], [down, across + 1]);
      const told = down === 5 && across === 3 ? "all shown" : `${down} of 5 routes, ${across} of 3 policies`;
      assert.equal(await page.getByRole("status").textContent(), told);
    };
    await shows(5, 3);
    await page.getByRole("searchbox", { name: "Routes" }).fill("orders post");
    await shows(1, 3);
    await page.getByRole("searchbox", { name: "Routes" }).fill("");
    const chip = page.getByRole("button", { name: /forgotten/ });
    await chip.click();
    assert.equal(await chip.getAttribute("aria-pressed"), "true");
    await shows(4, 1);
    await page.getByRole("searchbox", { name: "Policies" }).fill("wildcard");
    await shows(0, 0);
    await chip.click();
    await shows(5, 1);
    assert.equal(await page.locator("td[tabindex='0']:visible").count(), 1);
    await close(opened);
  },

  async "light and dark, both with enough contrast"() {
    const grounds = [];
    for (const colorScheme of ["light", "dark"]) {
      for (const [name, url] of [["quickstart", quickstart], ["several", several], ["hostile", hostilePage], ["team", teamPage]]) {
        const opened = await open(url, { colorScheme, reducedMotion: "reduce" });
        await opened.page.locator("td.forgotten, td.partly").last().hover();
        await accessible(opened.page);
        await picture(opened.page, `${name}-${colorScheme}`);
        grounds.push(await opened.page.evaluate(() => getComputedStyle(document.body).backgroundColor));
        await close(opened);
      }
    }
    assert.equal(new Set(grounds).size, 2);
    const picked = await open(teamPage, { viewport: { width: 1160, height: 960 } });
    await picked.page.getByRole("gridcell", { name: /^GET \/v1\/orders\/\{id\} under .*tenant-42/ }).hover();
    const { width, height } = await picked.page.locator("#view").boundingBox();
    await picture(picked.page, "matrix", { x: 0, y: 0, width: width + 64, height: height + 32 });
    await close(picked);
    const narrow = await open(several, { viewport: { width: 390, height: 780 } });
    await accessible(narrow.page);
    const overflow = await narrow.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
    await picture(narrow.page, "several-narrow");
    await close(narrow);
  },

  async "names from inputs are text"() {
    const opened = await open(hostilePage);
    const { page } = opened;
    await cells(page, /forgotten/).first().hover();
    assert.equal(await page.locator("img, bdi *, td *, code *").count(), 0);
    assert.equal(await page.title(), "Authorizer coverage: 3 routes × 1 policy");
    assert.equal(await page.locator("thead bdi").textContent(), HOSTILE.slice(HOSTILE.lastIndexOf("/") + 1));
    assert.equal(await page.getByRole("region", { name: "Details" }).locator("h2 code").last().textContent(), HOSTILE);
    assert.equal(await cells(page, `GET /価格/{識別子} under ${HOSTILE}: never reached`).count(), 1);
    assert.equal(await cells(page, `POST /a/{<b>id} under ${HOSTILE}: forgotten, e.g. POST /a/1`).count(), 1);
    await close(opened);
  },

  async "can be read without its script"() {
    const opened = await open(quickstart, { javaScriptEnabled: false });
    assert.equal(await opened.page.locator("td.forgotten").count(), 4);
    assert.equal(await opened.page.locator("footer li").count(), 1);
    await close(opened);
  },

  async "300 routes and 100 policies stay fluid"() {
    const url = large();
    const before = Date.now();
    const opened = await open(url);
    const { page } = opened;
    const loaded = Date.now() - before;
    assert.equal(await page.locator("td").count(), 30_000);
    const times = await page.evaluate(() => {
      const timed = (change) => {
        const start = performance.now();
        change();
        // Forces the layout that the change asks for.
        document.body.getBoundingClientRect();
        return Math.round(performance.now() - start);
      };
      const type = (id, text) => () => {
        const input = document.getElementById(id);
        input.value = text;
        input.dispatchEvent(new Event("input"));
      };
      const chip = document.querySelector("button[data-status='forgotten']");
      return {
        "one route": timed(type("route-filter", "/v1/orders")),
        "all routes": timed(type("route-filter", "")),
        "some policies": timed(type("policy-filter", "role-1")),
        "all policies": timed(type("policy-filter", "")),
        "a status": timed(() => chip.click()),
        "any status": timed(() => chip.click()),
      };
    });
    console.log(`  ${readFileSync(new URL(url)).length} bytes, loaded in ${loaded} ms, filtered in ms: ${JSON.stringify(times)}`);
    assert.ok(loaded < LOADED && Math.max(...Object.values(times)) < FILTERED, "too slow");
    await page.locator("tbody tr").nth(3).locator("td").nth(4).click();
    await page.keyboard.press("Control+End");
    const label = await nameOfFocused(page);
    assert.ok(label.startsWith("DELETE /v2/search/{id}/notes/{note} under policies/"), label);
    const inView = await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === document.activeElement;
    });
    assert.ok(inView, "the cell with the focus can't be seen");
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await picture(page, "large-light");
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, "large-dark");
    await close(opened);
  },
};

const QUICKSTART = ["policy", "any", "wildcard"].map((name) => `fixtures/quickstart/${name}.json`);
const ROUTES = ["--routes", "fixtures/quickstart/routes.txt"];
let failed = false;
let quickstart, several, hostilePage, teamPage;
try {
  quickstart = matrix("quickstart", repository, [QUICKSTART[0], ...ROUTES]);
  several = matrix("several", repository, [...QUICKSTART, ...ROUTES]);
  hostilePage = hostile();
  teamPage = team();
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      console.log(`ok: ${name}`);
    } catch (error) {
      failed = true;
      console.log(`FAILED: ${name}\n${error.stack}`);
    }
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
process.exitCode = failed ? 1 : 0;
