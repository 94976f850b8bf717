/** Commands that join the NVMe disks of an instance to one volume; jobs of any user may write there. @internal */
export const mountInstanceStore = (directory: string): readonly string[] => [
  `mkdir -p '${directory}'`,
  // The links of one disk may be several, one for each namespace.
  'mapfile -t disks < <(find /dev/disk/by-id -name "nvme-Amazon_EC2_NVMe_Instance_Storage_*" -exec readlink -f {} + | sort -u)',
  'if [ ${#disks[@]} -gt 0 ]; then',
  '  volume=${disks[0]}',
  '  if [ ${#disks[@]} -gt 1 ]; then',
  '    dnf install -y mdadm',
  '    volume=/dev/md/scratch',
  '    mdadm --create "$volume" --level=0 --raid-devices=${#disks[@]} "${disks[@]}"',
  '  fi',
  '  mkfs.xfs -f "$volume"',
  `  mount -o noatime "$volume" '${directory}'`,
  'fi',
  `chmod 1777 '${directory}'`,
];

/** Commands that mount an FSx for Lustre file system. @internal */
export const mountLustre = (host: string, mountName: string, directory: string): readonly string[] => [
  'dnf install -y lustre-client',
  `mkdir -p '${directory}'`,
  `mount -t lustre -o relatime,flock '${host}@tcp:/${mountName}' '${directory}'`,
];
