import { describe, expect, it } from 'vitest';
import { checkAnswer, checkRequest, operationFor } from './rest-contract.ts';
import { checkPayload } from './webhook-contract.ts';

const checkRun = operationFor('POST', '/repos/acme/shop/check-runs');

describe('operationFor', () => {
  it.each([
    ['GET', '/repos/acme/shop/pulls/7/files', 'pulls/list-files'],
    ['GET', '/repos/acme/shop/pulls/comments/5', 'pulls/get-review-comment'],
    ['GET', '/repos/acme/shop/contents/a/b.py', 'repos/get-content'],
    ['GET', '/repos/acme/shop/compare/main...alice:topic/x', 'repos/compare-commits-with-basehead'],
  ])('%s %s is %s', (method, path, id) => {
    expect(operationFor(method, path).operation.id).toBe(id);
  });

  it('decodes the parameters of the path', () => {
    const { pathParameters } = operationFor('GET', '/repos/acme/shop/contents/a%20b/c%23.py');
    expect(pathParameters).toEqual({ owner: 'acme', repo: 'shop', path: 'a b/c#.py' });
  });

  it('refuses what GitHub does not have, by name', () => {
    expect(() => operationFor('GET', '/repos/acme/shop/pull/7')).toThrow(
      'GET /repos/acme/shop/pull/7: GitHub has no such operation',
    );
  });
});

describe('checkRequest', () => {
  const files = operationFor('GET', '/repos/acme/shop/pulls/7/files');

  it('gives parameters in the types described', () => {
    expect(checkRequest(files, new URLSearchParams('per_page=100'), undefined).parameters).toEqual({
      owner: 'acme',
      repo: 'shop',
      pull_number: 7,
      per_page: 100,
    });
  });

  it.each([
    ['an unknown query parameter', 'perpage=100', '/ has no field perpage'],
    ['a wrong type in the query', 'per_page=all', '/per_page must be integer'],
  ])('refuses %s', (_, query, problem) => {
    expect(() => checkRequest(files, new URLSearchParams(query), undefined)).toThrow(problem);
  });

  it.each([
    ['an unknown field', { name: 'x', head_sha: 'a', headline: 1 }, '/ has no field headline'],
    ['a missing field', { name: 'x' }, "/ must have required property 'head_sha'"],
    ['a wrong type', { name: 'x', head_sha: 1 }, '/head_sha must be string'],
    [
      'an unknown value',
      { name: 'x', head_sha: 'a', conclusion: 'fine' },
      '/conclusion must be equal to one of',
    ],
  ])('refuses %s', (_, body, problem) => {
    expect(() => checkRequest(checkRun, new URLSearchParams(), body)).toThrow(problem);
  });

  it('refuses a combination of fields that the description rules out', () => {
    const update = operationFor('PATCH', '/repos/acme/shop/check-runs/1');
    expect(() => checkRequest(update, new URLSearchParams(), { status: 'completed' })).toThrow(
      "'conclusion'",
    );
  });

  it('tells apart what is only too much', () => {
    const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
    const output = { title: 't', summary: 's', annotations: Array(51).fill(annotation) };

    const checked = checkRequest(checkRun, new URLSearchParams(), { name: 'x', head_sha: 'a', output });

    expect(checked.tooMuch).toEqual([
      "For 'properties/output/annotations', no more than 50 items are allowed.",
    ]);
  });
});

describe('checkAnswer', () => {
  const { operation } = operationFor('GET', '/repos/acme/shop/git/blobs/abc');

  it.each([
    ['a missing field', 200, { sha: 'a', content: '', encoding: 'base64', size: 0, node_id: '' }, "'url'"],
    ['a status that the operation does not have', 202, {}, '202 is none of its statuses'],
    ['an error without its message', 502, {}, "'message'"],
  ])('refuses %s', (_, status, body, problem) => {
    expect(() => checkAnswer(operation, status, 'application/json', body)).toThrow(problem);
  });
});

describe('checkPayload', () => {
  it.each([
    ['pull_request', 'reviewed', 'Webhook pull_request.reviewed: GitHub has no such event'],
    ['check_run', 'rerequested', "must have required property 'check_run'"],
  ])('refuses a wrong %s.%s', (event, action, problem) => {
    expect(() => checkPayload(event, action, { action })).toThrow(problem);
  });
});
