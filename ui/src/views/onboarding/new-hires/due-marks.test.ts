import { expect, it } from 'vitest';
import { markAt, shapesOf } from './due-marks';

const scale = { from: '2027-01-01', zoom: 6 };
const mark = (day: string, over: number, open: number, overdue: number) => ({ day, over, open, overdue });

it('stacks what is overdue, open and done on one day', () => {
  const shapes = shapesOf([mark('2027-01-03', 1, 0, 1)], scale);
  expect(shapes.open).toBe('');
  expect(shapes.overdue).toBe('M12.5 14h5v5h-5z');
  expect(shapes.over).toBe('M12.5 19h5v5h-5z');
});

it('is never higher than a lane', () => {
  expect(shapesOf([mark('2027-01-01', 40, 0, 0)], scale).over).toBe('M0.5 0h5v24h-5z');
});

it('finds the bar below the pointer', () => {
  const marks = [mark('2027-01-01', 1, 0, 0), mark('2027-01-05', 0, 1, 0)];
  expect(markAt(marks, scale, 26)?.day).toBe('2027-01-05');
  expect(markAt(marks, scale, 14)).toBeUndefined();
});
