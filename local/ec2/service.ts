import type { Service } from '../core/service';
import type { World } from '../core/world';

const ZONES = ['a', 'b', 'c'];

/** EC2, as far as a CDK app asks for it: the zones of the region. */
export const createEc2 = (world: World): Service => ({
  name: 'ec2',
  operations: {
    DescribeAvailabilityZones: () => ({
      AvailabilityZones: ZONES.map((letter, index) => ({
        ZoneName: `${world.region}${letter}`,
        ZoneId: `use1-az${index + 1}`,
        ZoneType: 'availability-zone',
        RegionName: world.region,
        GroupName: world.region,
        NetworkBorderGroup: world.region,
        OptInStatus: 'opt-in-not-required',
        State: 'available',
      })),
    }),
  },
});
