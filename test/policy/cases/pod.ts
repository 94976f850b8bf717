import type { Case } from '../support';

const MAIN = 'PodJob.Pod.Containers.0';
const LIMITS = `${MAIN}.Resources.Limits`;
const SECURITY = `${MAIN}.SecurityContext`;
const containers = (count: number): object[] => Array.from({ length: count }, (_, index) => ({ Name: `c${index}` }));

export const POD_CASES: readonly Case[] = [
  {
    check: 'job-eks-namespace',
    at: 'PodJob.Pod.Metadata.Namespace',
    bad: { 'PodJob.Pod.Metadata.Namespace': 'default' },
    good: { 'PodJob.Pod.Metadata.Namespace': 'defaults' },
  },
  {
    check: 'job-eks-names',
    at: `${MAIN}.Name`,
    bad: { [`${MAIN}.Name`]: 'Main' },
    good: { [`${MAIN}.Name`]: 'main-1' },
  },
  {
    check: 'job-eks-duplicate-name',
    at: 'PodJob.Pod.Containers.0.Name',
    bad: { 'PodJob.Pod.InitContainers': [{ Name: 'main' }] },
    good: { 'PodJob.Pod.InitContainers': [{ Name: 'init' }] },
  },
  {
    check: 'job-eks-container-count',
    at: 'PodJob.Pod.Containers',
    bad: { 'PodJob.Pod.Containers': containers(11) },
    good: { 'PodJob.Pod.Containers': containers(10) },
  },
  {
    check: 'job-eks-size',
    at: `${LIMITS}.cpu`,
    bad: { [`${LIMITS}.cpu`]: '0.3' },
    good: { [`${LIMITS}.cpu`]: 0.5 },
  },
  {
    check: 'job-eks-size',
    at: `${LIMITS}.memory`,
    bad: { [`${LIMITS}.memory`]: '3Mi' },
    good: { [`${LIMITS}.memory`]: '4Mi' },
  },
  {
    check: 'job-eks-size',
    at: `${LIMITS}.cpu`,
    bad: { [`${MAIN}.Resources.Requests.cpu`]: '0.5' },
    good: { [`${MAIN}.Resources.Requests.cpu`]: '0.25' },
  },
  {
    check: 'job-eks-mount',
    at: `${MAIN}.VolumeMounts.0.MountPath`,
    bad: { [`${MAIN}.VolumeMounts`]: [{ Name: 'data', MountPath: 'data' }] },
    good: { [`${MAIN}.VolumeMounts`]: [{ Name: 'data', MountPath: '/data', SubPath: 'in/it' }] },
  },
  {
    check: 'job-eks-mount',
    at: `${MAIN}.VolumeMounts.0.SubPath`,
    bad: { [`${MAIN}.VolumeMounts`]: [{ Name: 'data', MountPath: '/data', SubPath: '../other' }] },
    good: { [`${MAIN}.VolumeMounts`]: [{ Name: 'data', MountPath: '/data' }] },
  },
  {
    check: 'job-eks-metadata',
    at: 'PodJob.Pod.Metadata.Labels.batch',
    bad: { 'PodJob.Pod.Metadata.Labels': { batch: 'no blanks' } },
    good: { 'PodJob.Pod.Metadata.Labels': { batch: 'no-blanks' } },
  },
  {
    check: 'job-eks-metadata',
    at: 'PodJob.Pod.Metadata.Annotations.batch.amazonaws.com/x',
    bad: { 'PodJob.Pod.Metadata': { Annotations: { 'batch.amazonaws.com/x': '1' } } },
    good: { 'PodJob.Pod.Metadata': { Annotations: { 'example.com/x': '1' } } },
  },
  {
    check: 'job-eks-security-context',
    at: `${SECURITY}.RunAsUser`,
    bad: { [`${SECURITY}.RunAsUser`]: 2_147_483_648 },
    good: { [`${SECURITY}.RunAsUser`]: 2_147_483_647 },
  },
  {
    check: 'job-eks-security-context',
    at: `${SECURITY}.AllowPrivilegeEscalation`,
    bad: { [SECURITY]: { Privileged: true, AllowPrivilegeEscalation: false } },
    good: { [SECURITY]: { AllowPrivilegeEscalation: false } },
  },
  {
    check: 'job-privileged-reason',
    at: `${SECURITY}.Privileged`,
    bad: { [`${SECURITY}.Privileged`]: 'true' },
    good: { [`${SECURITY}.Privileged`]: 'false' },
  },
  {
    check: 'job-root-user',
    at: `${SECURITY}.RunAsUser`,
    bad: { [`${SECURITY}.RunAsUser`]: 0 },
    good: { [`${SECURITY}.RunAsUser`]: 1 },
  },
  {
    check: 'job-root-user',
    at: `${SECURITY}.RunAsNonRoot`,
    bad: { [`${SECURITY}.RunAsNonRoot`]: false },
    good: { [`${SECURITY}.RunAsNonRoot`]: true },
  },
];
