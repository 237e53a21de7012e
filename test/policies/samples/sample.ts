/** Files of a product: those that it takes, and what makes the first of them one that it does not take. */
export interface Samples {
  /** XSD in test/policies/schemas. */
  readonly schema: string;
  readonly target: string;
  /** Modelled on the vendor's documentation. */
  readonly good: readonly string[];
  /** Title, text of the first good sample, and what stands in its place. */
  readonly bad: readonly (readonly [string, string, string])[];
}
