import { describe, expect, it } from 'vitest';
import { fixedAfter, readFences, strayFixed } from './rule-page.ts';

const page = `# missing-await

\`\`\`python wrong
f()
\`\`\`

Then:

\`\`\`python fixed
await f()
\`\`\`

\`\`\`python
not(run)
\`\`\`

\`\`\`\`python right path=tests/test_a.py target=3.8
x = """
\`\`\`
"""
\`\`\`\`
`;

describe('readFences', () => {
  it('gives the examples that say what they are', () => {
    expect(readFences(page)).toEqual([
      { role: 'wrong', options: {}, code: 'f()\n', line: 3 },
      { role: 'fixed', options: {}, code: 'await f()\n', line: 9 },
      {
        role: 'right',
        options: { path: 'tests/test_a.py', target: '3.8' },
        code: 'x = """\n```\n"""\n',
        line: 17,
      },
    ]);
  });

  it('refuses one that is not closed', () => {
    expect(() => readFences('```python wrong\nf()\n')).toThrow('line 1: the example is not closed');
  });
});

describe('fixedAfter and strayFixed', () => {
  it('tie a fixed example to the wrong one before it', () => {
    const fences = readFences(page);
    const [wrong, fixed, right] = fences;
    expect(wrong && fixedAfter(fences, wrong)).toBe(fixed);
    expect(right && fixedAfter(fences, right)).toBeNull();
    expect(strayFixed(fences)).toEqual([]);
  });

  it('find a fixed example that follows none', () => {
    expect(strayFixed(readFences('```python fixed\nf()\n```\n'))).toHaveLength(1);
  });
});
