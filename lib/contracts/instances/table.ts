// Written by `npm run refresh:instance-types`: do not edit.

/**
 * What EC2 offers, one family a line: name | architecture | accelerator | sizes, each with its vCPUs, its memory in GiB,
 * GPUs, and whether it has an Elastic Fabric Adapter.
 *
 * @internal
 */
export const INSTANCE_TYPES = `
a1 | arm64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | metal 16 32
c1 | x86_64 | - | medium 2 1.69921875 | xlarge 8 7
c3 | x86_64 | - | large 2 3.75 | xlarge 4 7.5 | 2xlarge 8 15 | 4xlarge 16 30 | 8xlarge 32 60
c4 | x86_64 | - | large 2 3.75 | xlarge 4 7.5 | 2xlarge 8 15 | 4xlarge 16 30 | 8xlarge 36 60
c5 | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 9xlarge 36 72 | 12xlarge 48 96 | 18xlarge 72 144 | 24xlarge 96 192 | metal 96 192
c5a | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192
c5ad | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192
c5d | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 9xlarge 36 72 | 12xlarge 48 96 | 18xlarge 72 144 | 24xlarge 96 192 | metal 96 192
c5n | x86_64 | - | large 2 5.25 | xlarge 4 10.5 | 2xlarge 8 21 | 4xlarge 16 42 | 9xlarge 36 96 efa | 18xlarge 72 192 efa | metal 72 192 efa
c6a | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 | 32xlarge 128 256 | 48xlarge 192 384 efa | metal 192 384 efa
c6g | arm64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | metal 64 128
c6gd | arm64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | metal 64 128
c6gn | arm64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 efa
c6i | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 | 32xlarge 128 256 efa | metal 128 256 efa
c6id | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 | 32xlarge 128 256 efa | metal 128 256 efa
c6in | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 | 32xlarge 128 256 efa | metal 128 256 efa
c7a | x86_64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 | 32xlarge 128 256 | 48xlarge 192 384 efa | metal-48xl 192 384 efa
c7g | arm64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 efa | metal 64 128 efa
c7gd | arm64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 efa | metal 64 128 efa
c7gn | arm64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 efa | metal 64 128 efa
c7i | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 | metal-24xl 96 192 | 48xlarge 192 384 efa | metal-48xl 192 384 efa
c7i-flex | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128
c8a | x86_64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 | metal-24xl 96 192 | 48xlarge 192 384 efa | metal-48xl 192 384 efa
c8g | arm64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 efa | metal-24xl 96 192 efa | 48xlarge 192 384 efa | metal-48xl 192 384 efa
c8gb | arm64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 efa | 24xlarge 96 192 efa | metal-24xl 96 192 efa | 48xlarge 192 384 efa | metal-48xl 192 384 efa
c8gd | arm64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 efa | metal-24xl 96 192 efa | 48xlarge 192 384 efa | metal-48xl 192 384 efa
c8gn | arm64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 efa | 24xlarge 96 192 efa | metal-24xl 96 192 efa | 48xlarge 192 384 efa | metal-48xl 192 384 efa
c8i | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 | 32xlarge 128 256 | 48xlarge 192 384 efa | metal-48xl 192 384 efa | 96xlarge 384 768 efa | metal-96xl 384 768 efa
c8i-flex | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128
c8ib | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 | 32xlarge 128 256 | 48xlarge 192 384 efa | metal-48xl 192 384 efa | 96xlarge 384 768 efa | metal-96xl 384 768 efa
c8id | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 | 32xlarge 128 256 | 48xlarge 192 384 efa | metal-48xl 192 384 efa | 96xlarge 384 768 efa | metal-96xl 384 768 efa
c8in | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 | 32xlarge 128 256 | 48xlarge 192 384 efa | metal-48xl 192 384 efa | 96xlarge 384 768 efa | metal-96xl 384 768 efa
c8ine | x86_64 | - | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96
c9g | arm64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 | 48xlarge 192 384 efa | metal-48xl 192 384 efa
c9gd | arm64 | - | medium 1 2 | large 2 4 | xlarge 4 8 | 2xlarge 8 16 | 4xlarge 16 32 | 8xlarge 32 64 | 12xlarge 48 96 | 16xlarge 64 128 | 24xlarge 96 192 | 48xlarge 192 384 efa | metal-48xl 192 384 efa
d2 | x86_64 | - | xlarge 4 30.5 | 2xlarge 8 61 | 4xlarge 16 122 | 8xlarge 36 244
d3 | x86_64 | - | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256
d3en | x86_64 | - | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 6xlarge 24 96 | 8xlarge 32 128 | 12xlarge 48 192
dl2q | x86_64 | Qualcomm AI100 | 24xlarge 96 768 efa
f2 | x86_64 | - | 6xlarge 24 256 | 12xlarge 48 512 | 48xlarge 192 2048 efa
g4ad | x86_64 | AMD Radeon Pro V520 | xlarge 4 16 1gpu | 2xlarge 8 32 1gpu | 4xlarge 16 64 1gpu | 8xlarge 32 128 2gpu | 16xlarge 64 256 4gpu
g4dn | x86_64 | NVIDIA T4 | xlarge 4 16 1gpu | 2xlarge 8 32 1gpu | 4xlarge 16 64 1gpu | 8xlarge 32 128 1gpu efa | 12xlarge 48 192 4gpu efa | 16xlarge 64 256 1gpu efa | metal 96 384 8gpu efa
g5 | x86_64 | NVIDIA A10G | xlarge 4 16 1gpu | 2xlarge 8 32 1gpu | 4xlarge 16 64 1gpu | 8xlarge 32 128 1gpu efa | 12xlarge 48 192 4gpu efa | 16xlarge 64 256 1gpu efa | 24xlarge 96 384 4gpu efa | 48xlarge 192 768 8gpu efa
g5g | arm64 | NVIDIA T4g | xlarge 4 8 1gpu | 2xlarge 8 16 1gpu | 4xlarge 16 32 1gpu | 8xlarge 32 64 1gpu | 16xlarge 64 128 2gpu | metal 64 128 2gpu
g6 | x86_64 | NVIDIA L4 | xlarge 4 16 1gpu | 2xlarge 8 32 1gpu | 4xlarge 16 64 1gpu | 8xlarge 32 128 1gpu efa | 12xlarge 48 192 4gpu efa | 16xlarge 64 256 1gpu efa | 24xlarge 96 384 4gpu efa | 48xlarge 192 768 8gpu efa
g6e | x86_64 | NVIDIA L40S | xlarge 4 32 1gpu | 2xlarge 8 64 1gpu | 4xlarge 16 128 1gpu | 8xlarge 32 256 1gpu efa | 12xlarge 48 384 4gpu efa | 16xlarge 64 512 1gpu efa | 24xlarge 96 768 4gpu efa | 48xlarge 192 1536 8gpu efa
g6f | x86_64 | NVIDIA L4 | large 2 8 1gpu | xlarge 4 16 1gpu | 2xlarge 8 32 1gpu | 4xlarge 16 64 1gpu
g7 | x86_64 | NVIDIA RTX PRO 4500 | 2xlarge 8 32 1gpu | 4xlarge 16 64 1gpu | 8xlarge 32 128 1gpu efa | 12xlarge 48 192 2gpu efa | 24xlarge 96 384 4gpu efa | 48xlarge 192 768 8gpu efa
g7e | x86_64 | NVIDIA RTX PRO Server 6000 | 2xlarge 8 64 1gpu | 4xlarge 16 128 1gpu | 8xlarge 32 256 1gpu efa | 12xlarge 48 512 2gpu efa | 24xlarge 96 1024 4gpu efa | 48xlarge 192 2048 8gpu efa
gr6 | x86_64 | NVIDIA L4 | 4xlarge 16 128 1gpu | 8xlarge 32 256 1gpu efa
gr6f | x86_64 | NVIDIA L4 | 4xlarge 16 128 1gpu
h1 | x86_64 | - | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 16xlarge 64 256
hpc6a | x86_64 | - | 48xlarge 96 384 efa
hpc6id | x86_64 | - | 32xlarge 64 1024 efa
hpc7a | x86_64 | - | 12xlarge 24 768 efa | 24xlarge 48 768 efa | 48xlarge 96 768 efa | 96xlarge 192 768 efa
hpc7g | arm64 | - | 4xlarge 16 128 efa | 8xlarge 32 128 efa | 16xlarge 64 128 efa
hpc8a | x86_64 | - | 96xlarge 192 768 efa
i2 | x86_64 | - | xlarge 4 30.5 | 2xlarge 8 61 | 4xlarge 16 122 | 8xlarge 32 244
i3 | x86_64 | - | large 2 15.25 | xlarge 4 30.5 | 2xlarge 8 61 | 4xlarge 16 122 | 8xlarge 32 244 | 16xlarge 64 488
i3en | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 3xlarge 12 96 | 6xlarge 24 192 | 12xlarge 48 384 efa | 24xlarge 96 768 efa | metal 96 768 efa
i4g | arm64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 16xlarge 64 512 efa
i4i | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | 32xlarge 128 1024 efa | metal 128 1024 efa
i7i | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 efa | metal-24xl 96 768 | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa
i7ie | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 3xlarge 12 96 | 6xlarge 24 192 | 12xlarge 48 384 | 18xlarge 72 576 | 24xlarge 96 768 | metal-24xl 96 768 | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa
i8g | arm64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | metal-24xl 96 768 | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa
i8ge | arm64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 3xlarge 12 96 | 6xlarge 24 192 | 12xlarge 48 384 | 18xlarge 72 576 | 24xlarge 96 768 | metal-24xl 96 768 | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa
im4gn | arm64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 16xlarge 64 256 efa
inf1 | x86_64 | AWS Inferentia | xlarge 4 8 | 2xlarge 8 16 | 6xlarge 24 48 | 24xlarge 96 192 efa
inf2 | x86_64 | AWS Inferentia | xlarge 4 16 | 8xlarge 32 128 | 24xlarge 96 384 | 48xlarge 192 768
is4gen | arm64 | - | medium 1 6 | large 2 12 | xlarge 4 24 | 2xlarge 8 48 | 4xlarge 16 96 | 8xlarge 32 192
m1 | x86_64 | - | small 1 1.69921875 | medium 1 3.69921875 | large 2 7.5 | xlarge 4 15
m2 | x86_64 | - | xlarge 2 17.099609375 | 2xlarge 4 34.19921875 | 4xlarge 8 68.3994140625
m3 | x86_64 | - | medium 1 3.75 | large 2 7.5 | xlarge 4 15 | 2xlarge 8 30
m4 | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 10xlarge 40 160 | 16xlarge 64 256
m5 | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | metal 96 384
m5a | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384
m5ad | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384
m5d | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | metal 96 384
m5dn | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 efa | metal 96 384 efa
m5n | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 efa | metal 96 384 efa
m5zn | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 3xlarge 12 48 | 6xlarge 24 96 | 12xlarge 48 192 efa | metal 48 192 efa
m6a | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 32xlarge 128 512 | 48xlarge 192 768 efa | metal 192 768 efa
m6g | arm64 | - | medium 1 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | metal 64 256
m6gd | arm64 | - | medium 1 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | metal 64 256
m6i | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 32xlarge 128 512 efa | metal 128 512 efa
m6id | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 32xlarge 128 512 efa | metal 128 512 efa
m6idn | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 32xlarge 128 512 efa | metal 128 512 efa
m6in | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 32xlarge 128 512 efa | metal 128 512 efa
m7a | x86_64 | - | medium 1 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 32xlarge 128 512 | 48xlarge 192 768 efa | metal-48xl 192 768 efa
m7g | arm64 | - | medium 1 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 efa | metal 64 256 efa
m7gd | arm64 | - | medium 1 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 efa | metal 64 256 efa
m7i | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | metal-24xl 96 384 | 48xlarge 192 768 efa | metal-48xl 192 768 efa
m7i-flex | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256
m8a | x86_64 | - | medium 1 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | metal-24xl 96 384 | 48xlarge 192 768 efa | metal-48xl 192 768 efa
m8azn | x86_64 | - | medium 1 4 | large 2 8 | xlarge 4 16 | 3xlarge 12 48 | 6xlarge 24 96 | 12xlarge 48 192 | metal-12xl 48 192 | 24xlarge 96 384 efa | metal-24xl 96 384 efa
m8g | arm64 | - | medium 1 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 efa | metal-24xl 96 384 efa | 48xlarge 192 768 efa | metal-48xl 192 768 efa
m8gb | arm64 | - | medium 1 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 efa | 24xlarge 96 384 efa | metal-24xl 96 384 efa | 48xlarge 192 768 efa | metal-48xl 192 768 efa
m8gd | arm64 | - | medium 1 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 efa | metal-24xl 96 384 efa | 48xlarge 192 768 efa | metal-48xl 192 768 efa
m8gn | arm64 | - | medium 1 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 efa | 24xlarge 96 384 efa | metal-24xl 96 384 efa | 48xlarge 192 768 efa | metal-48xl 192 768 efa
m8i | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 32xlarge 128 512 | 48xlarge 192 768 efa | metal-48xl 192 768 efa | 96xlarge 384 1536 efa | metal-96xl 384 1536 efa
m8i-flex | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256
m8ib | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 32xlarge 128 512 | 48xlarge 192 768 efa | metal-48xl 192 768 efa | 96xlarge 384 1536 efa | metal-96xl 384 1536 efa
m8id | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 32xlarge 128 512 | 48xlarge 192 768 efa | metal-48xl 192 768 efa | 96xlarge 384 1536 efa | metal-96xl 384 1536 efa
m8idb | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 32xlarge 128 512 | 48xlarge 192 768 efa | metal-48xl 192 768 efa | 96xlarge 384 1536 efa | metal-96xl 384 1536 efa
m8idn | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 32xlarge 128 512 | 48xlarge 192 768 efa | metal-48xl 192 768 efa | 96xlarge 384 1536 efa | metal-96xl 384 1536 efa
m8in | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 32xlarge 128 512 | 48xlarge 192 768 efa | metal-48xl 192 768 efa | 96xlarge 384 1536 efa | metal-96xl 384 1536 efa
m8ine | x86_64 | - | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192
m9g | arm64 | - | medium 1 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 48xlarge 192 768 efa | metal-48xl 192 768 efa
m9gd | arm64 | - | medium 1 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32 | 4xlarge 16 64 | 8xlarge 32 128 | 12xlarge 48 192 | 16xlarge 64 256 | 24xlarge 96 384 | 48xlarge 192 768 efa | metal-48xl 192 768 efa
p3dn | x86_64 | NVIDIA V100 | 24xlarge 96 768 8gpu efa
p4d | x86_64 | NVIDIA A100 | 24xlarge 96 1152 8gpu efa
p4de | x86_64 | NVIDIA A100 | 24xlarge 96 1152 8gpu efa
p5 | x86_64 | NVIDIA H100 | 4xlarge 16 256 1gpu efa | 48xlarge 192 2048 8gpu efa
p5e | x86_64 | NVIDIA H200 | 48xlarge 192 2048 8gpu efa
p5en | x86_64 | NVIDIA H200 | 48xlarge 192 2048 8gpu efa
p6-b200 | x86_64 | NVIDIA B200 | 48xlarge 192 2048 8gpu efa
p6-b300 | x86_64 | NVIDIA B300 | 48xlarge 192 4096 8gpu efa
r3 | x86_64 | - | large 2 15 | xlarge 4 30.5 | 2xlarge 8 61 | 4xlarge 16 122 | 8xlarge 32 244
r4 | x86_64 | - | large 2 15.25 | xlarge 4 30.5 | 2xlarge 8 61 | 4xlarge 16 122 | 8xlarge 32 244 | 16xlarge 64 488
r5 | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | metal 96 768
r5a | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768
r5ad | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768
r5b | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | metal 96 768
r5d | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | metal 96 768
r5dn | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 efa | metal 96 768 efa
r5n | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 efa | metal 96 768 efa
r6a | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | 32xlarge 128 1024 | 48xlarge 192 1536 efa | metal 192 1536 efa
r6g | arm64 | - | medium 1 8 | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | metal 64 512
r6gd | arm64 | - | medium 1 8 | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | metal 64 512
r6i | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | 32xlarge 128 1024 efa | metal 128 1024 efa
r6id | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | 32xlarge 128 1024 efa | metal 128 1024 efa
r6idn | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | 32xlarge 128 1024 efa | metal 128 1024 efa
r6in | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | 32xlarge 128 1024 efa | metal 128 1024 efa
r7a | x86_64 | - | medium 1 8 | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | 32xlarge 128 1024 | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa
r7g | arm64 | - | medium 1 8 | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 efa | metal 64 512 efa
r7gd | arm64 | - | medium 1 8 | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 efa | metal 64 512 efa
r7i | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | metal-24xl 96 768 | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa
r7iz | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | metal-16xl 64 512 | 32xlarge 128 1024 efa | metal-32xl 128 1024 efa
r8a | x86_64 | - | medium 1 8 | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | metal-24xl 96 768 | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa
r8g | arm64 | - | medium 1 8 | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 efa | metal-24xl 96 768 efa | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa
r8gb | arm64 | - | medium 1 8 | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 efa | 24xlarge 96 768 efa | metal-24xl 96 768 efa | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa
r8gd | arm64 | - | medium 1 8 | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 efa | metal-24xl 96 768 efa | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa
r8gn | arm64 | - | medium 1 8 | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 efa | 24xlarge 96 768 efa | metal-24xl 96 768 efa | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa
r8i | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | 32xlarge 128 1024 | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa | 96xlarge 384 3072 efa | metal-96xl 384 3072 efa
r8i-flex | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512
r8ib | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | 32xlarge 128 1024 | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa | 96xlarge 384 3072 efa | metal-96xl 384 3072 efa
r8id | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | 32xlarge 128 1024 | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa | 96xlarge 384 3072 efa | metal-96xl 384 3072 efa
r8idb | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | 32xlarge 128 1024 | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa | 96xlarge 384 3072 efa | metal-96xl 384 3072 efa
r8idn | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | 32xlarge 128 1024 | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa | 96xlarge 384 3072 efa | metal-96xl 384 3072 efa
r8in | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 4xlarge 16 128 | 8xlarge 32 256 | 12xlarge 48 384 | 16xlarge 64 512 | 24xlarge 96 768 | 32xlarge 128 1024 | 48xlarge 192 1536 efa | metal-48xl 192 1536 efa | 96xlarge 384 3072 efa | metal-96xl 384 3072 efa
t1 | x86_64 | - | micro 1 0.6123046875
t2 | x86_64 | - | nano 1 0.5 | micro 1 1 | small 1 2 | medium 2 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32
t3 | x86_64 | - | nano 2 0.5 | micro 2 1 | small 2 2 | medium 2 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32
t3a | x86_64 | - | nano 2 0.5 | micro 2 1 | small 2 2 | medium 2 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32
t4g | arm64 | - | nano 2 0.5 | micro 2 1 | small 2 2 | medium 2 4 | large 2 8 | xlarge 4 16 | 2xlarge 8 32
trn1 | x86_64 | AWS Trainium | 2xlarge 8 32 | 32xlarge 128 512 efa
trn1n | x86_64 | AWS Trainium | 32xlarge 128 512 efa
trn2 | x86_64 | AWS Trainium | 3xlarge 12 128 efa | 48xlarge 192 2048 efa
u-3tb1 | x86_64 | - | 56xlarge 224 3072
u-6tb1 | x86_64 | - | 56xlarge 224 6144 | 112xlarge 448 6144
u7i-12tb | x86_64 | - | 224xlarge 896 12288 efa
u7i-6tb | x86_64 | - | 112xlarge 448 6144 efa
u7i-8tb | x86_64 | - | 112xlarge 448 8192 efa
u7in-16tb | x86_64 | - | 224xlarge 896 16384 efa
u7in-24tb | x86_64 | - | 224xlarge 896 24576 efa
u7in-32tb | x86_64 | - | 224xlarge 896 32768 efa
vt1 | x86_64 | - | 3xlarge 12 24 | 6xlarge 24 48 | 24xlarge 96 192 efa
x1 | x86_64 | - | 16xlarge 64 976 | 32xlarge 128 1952
x1e | x86_64 | - | xlarge 4 122 | 2xlarge 8 244 | 4xlarge 16 488 | 8xlarge 32 976 | 16xlarge 64 1952 | 32xlarge 128 3904
x2gd | arm64 | - | medium 1 16 | large 2 32 | xlarge 4 64 | 2xlarge 8 128 | 4xlarge 16 256 | 8xlarge 32 512 | 12xlarge 48 768 | 16xlarge 64 1024 | metal 64 1024
x2idn | x86_64 | - | 16xlarge 64 1024 | 24xlarge 96 1536 | 32xlarge 128 2048 efa | metal 128 2048 efa
x2iedn | x86_64 | - | xlarge 4 128 | 2xlarge 8 256 | 4xlarge 16 512 | 8xlarge 32 1024 | 16xlarge 64 2048 | 24xlarge 96 3072 | 32xlarge 128 4096 efa | metal 128 4096 efa
x2iezn | x86_64 | - | 2xlarge 8 256 | 4xlarge 16 512 | 6xlarge 24 768 | 8xlarge 32 1024 | 12xlarge 48 1536 efa | metal 48 1536 efa
x8aedz | x86_64 | - | large 2 64 | xlarge 4 128 | 3xlarge 12 384 | 6xlarge 24 768 | 12xlarge 48 1536 | metal-12xl 48 1536 | 24xlarge 96 3072 efa | metal-24xl 96 3072 efa
x8g | arm64 | - | medium 1 16 | large 2 32 | xlarge 4 64 | 2xlarge 8 128 | 4xlarge 16 256 | 8xlarge 32 512 | 12xlarge 48 768 | 16xlarge 64 1024 | 24xlarge 96 1536 efa | metal-24xl 96 1536 efa | 48xlarge 192 3072 efa | metal-48xl 192 3072 efa
x8i | x86_64 | - | large 2 32 | xlarge 4 64 | 2xlarge 8 128 | 4xlarge 16 256 | 8xlarge 32 512 | 12xlarge 48 768 | 16xlarge 64 1024 | 24xlarge 96 1536 | 32xlarge 128 2048 | 48xlarge 192 3072 efa | metal-48xl 192 3072 efa | 64xlarge 256 4096 efa | 96xlarge 384 6144 efa | metal-96xl 384 6144 efa
z1d | x86_64 | - | large 2 16 | xlarge 4 32 | 2xlarge 8 64 | 3xlarge 12 96 | 6xlarge 24 192 | 12xlarge 48 384 | metal 48 384
`;
