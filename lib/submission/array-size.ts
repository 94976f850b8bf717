/**
 * Number of children of an array job: from 2 to 10,000, known now or when the job is submitted.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/array_jobs.html
 */
export class ArraySize {
  /** A number that is the same for each execution. */
  public static of(size: number): ArraySize {
    return new ArraySize(size, undefined);
  }

  /** A JSONata expression that yields the number, such as `{% $states.input.count %}`. */
  public static fromExpression(expression: string): ArraySize {
    return new ArraySize(undefined, expression);
  }

  private constructor(
    /**
     * Number of children.
     *
     * @default - told by the expression
     */
    public readonly size?: number,
    /**
     * JSONata expression that yields the number of children.
     *
     * @default - the number is known
     */
    public readonly expression?: string,
  ) {}
}
