import { RemovalPolicy } from 'aws-cdk-lib'
import type { EnvironmentConfig } from '../config/schema.ts'

/** What becomes of a stateful resource when its stack goes: kept in production, removed with a trial. */
export const removalPolicy = ({ purpose }: Pick<EnvironmentConfig, 'purpose'>): RemovalPolicy =>
  purpose === 'production' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY
