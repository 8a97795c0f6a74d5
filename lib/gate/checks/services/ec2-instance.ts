import { Unknown } from '../../template/value.ts'
import { fail, pass, type ResourceControl, undecided } from '../control.ts'
import { atMost, isGiven, isOn, isOneOf, matches } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { blockDeviceControls } from './ec2-block-devices.ts'
import { metadataControl } from './ec2-instance-metadata.ts'
import { instanceLogicControls } from './ec2-instance-placement.ts'
import { publicAddressControls } from './ec2-public-address.ts'
import { isWritten } from './inheritance.ts'
import { launchControls } from './launch-settings.ts'
import { audit, availability, reach } from './network-citations.ts'

/** An address in front of a machine: on an instance, or on a network interface of one. */
const addressOnMachine: ResourceControl = {
  id: 'ec2-eip-not-on-instance',
  title: 'Elastic addresses stand on no instance or network interface directly',
  topic: 'network-exposure',
  severity: 'medium',
  citations: reach,
  why: 'A fixed public address puts the machine itself on the internet, where a load balancer could stand before it.',
  remedy: 'Remove the association with InstanceId or NetworkInterfaceId; let a load balancer or NAT gateway hold the address.',
  types: ['AWS::EC2::EIPAssociation', 'AWS::EC2::EIP'],
  judge: (address) => {
    const machine = ['InstanceId', 'NetworkInterfaceId'].flatMap((path) => address.at(path)).find(({ value }) => isWritten(value))
    if (machine === undefined) return pass('InstanceId', undefined)
    return machine.value instanceof Unknown ? undecided(machine.path, machine.value.reason) : fail(machine.path, machine.value)
  },
  passing: { Address: { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } } },
  failing: {
    Example: { Type: 'AWS::EC2::EIPAssociation', Properties: { AllocationId: 'eipalloc-1a2b3c4d', InstanceId: 'i-0123456789abcdef0' } },
  },
}

const inSubnet = { SubnetId: 'subnet-1a2b3c4d' }

/** Controls on EC2 instances and on what says how they are launched. */
export const ec2InstanceControls: readonly ResourceControl[] = [
  addressOnMachine,
  metadataControl,
  ...publicAddressControls,
  ...instanceLogicControls,
  ...blockDeviceControls,
  ...launchControls([
    {
      id: 'ec2-instance-metadata-hop-limit',
      title: 'The metadata service answers the instance only, one hop away',
      topic: 'network-exposure',
      severity: 'low',
      citations: ['164.308(a)(3)(i)', '164.312(a)(1)'],
      why: 'With more hops, containers and whatever the instance forwards for can fetch the credentials of its role.',
      remedy: 'Set MetadataOptions.HttpPutResponseHopLimit to 1.',
      settings: {
        'AWS::EC2::Instance': { path: 'MetadataOptions.HttpPutResponseHopLimit', absent: 'passes' },
        'AWS::EC2::LaunchTemplate': { path: 'MetadataOptions.HttpPutResponseHopLimit', absent: 'passes' },
        'AWS::AutoScaling::LaunchConfiguration': { path: 'MetadataOptions.HttpPutResponseHopLimit', absent: 'passes' },
      },
      expect: atMost(1),
      passing: { MetadataOptions: { HttpPutResponseHopLimit: 1 } },
      failing: { MetadataOptions: { HttpPutResponseHopLimit: 5 } },
    },
    {
      id: 'ec2-instance-detailed-monitoring',
      title: 'Instances report their metrics every minute',
      topic: 'logging-audit',
      severity: 'medium',
      citations: audit,
      why: 'Metrics every five minutes show an attack or a failure late, and alarms that need several of them later still.',
      remedy: 'Set Monitoring to true (Monitoring.Enabled in a launch template, InstanceMonitoring in a launch configuration).',
      settings: {
        'AWS::EC2::Instance': { path: 'Monitoring', absent: 'fails' },
        'AWS::EC2::LaunchTemplate': { path: 'Monitoring.Enabled', absent: 'fails' },
        'AWS::AutoScaling::LaunchConfiguration': { path: 'InstanceMonitoring', absent: 'passes' },
        'AWS::EC2::SpotFleet': { path: 'Monitoring.Enabled', absent: 'fails' },
      },
      expect: isOn,
      passing: { Monitoring: true },
      failing: {},
    },
    {
      id: 'ec2-instance-profile-attached',
      title: 'Instances have a role of their own',
      topic: 'iam-privilege',
      severity: 'medium',
      citations: [
        '164.308(a)(3)(i)',
        '164.308(a)(3)(ii)(A)',
        '164.308(a)(4)(ii)(A)',
        '164.308(a)(4)(ii)(B)',
        '164.308(a)(4)(ii)(C)',
        '164.312(a)(1)',
      ],
      why: 'Software without a role is given access keys that never change, on a disk from which they are copied.',
      remedy: 'Name an instance profile in IamInstanceProfile.',
      settings: {
        'AWS::EC2::Instance': { path: 'IamInstanceProfile', absent: 'fails' },
        'AWS::EC2::LaunchTemplate': { path: 'IamInstanceProfile', absent: 'does not apply' },
      },
      expect: isGiven,
      unknown: 'passes',
      passing: { IamInstanceProfile: 'portal' },
      failing: {},
    },
    {
      id: 'ec2-instance-termination-protection',
      title: 'Instances are protected from termination by mistake',
      topic: 'backup-recovery',
      severity: 'low',
      citations: availability,
      why: 'One wrong call or script ends the instance, and volumes that go with it are gone.',
      remedy: 'Set DisableApiTermination to true.',
      settings: {
        'AWS::EC2::Instance': { path: 'DisableApiTermination', absent: 'fails' },
        'AWS::EC2::LaunchTemplate': { path: 'DisableApiTermination', absent: 'does not apply' },
      },
      expect: isOn,
      passing: { DisableApiTermination: true },
      failing: {},
    },
    {
      id: 'ec2-instance-no-key-pair',
      title: 'Instances take no SSH key that is shared',
      topic: 'authn-authz',
      severity: 'low',
      citations: ['164.312(a)(2)(i)', '164.312(d)'],
      why: 'A key pair names no person: who has the file gets in, nobody can tell who it was, and it keeps working when somebody leaves.',
      remedy: 'Leave KeyName out and reach instances through Session Manager or EC2 Instance Connect, with each person’s own identity.',
      settings: {
        'AWS::EC2::Instance': { path: 'KeyName', absent: 'passes' },
        'AWS::EC2::LaunchTemplate': { path: 'KeyName', absent: 'passes' },
        'AWS::AutoScaling::LaunchConfiguration': { path: 'KeyName', absent: 'passes' },
        'AWS::EC2::SpotFleet': { path: 'KeyName', absent: 'passes' },
      },
      expect: (value) => value === '',
      unknown: 'fails',
      passing: {},
      failing: { KeyName: 'operations' },
    },
    {
      id: 'ec2-instance-current-generation',
      title: 'Instances are of a type that runs on the Nitro or hardware virtualization, not a paravirtual one',
      topic: 'other',
      severity: 'low',
      citations: [],
      why: 'The oldest types run paravirtual, without the isolation by hardware and the encryption between machines that later ones have.',
      remedy: 'Choose a current InstanceType.',
      settings: {
        'AWS::EC2::Instance': { path: 'InstanceType', absent: 'does not apply' },
        'AWS::EC2::LaunchTemplate': { path: 'InstanceType', absent: 'does not apply' },
        'AWS::AutoScaling::LaunchConfiguration': { path: 'InstanceType', absent: 'does not apply' },
      },
      expect: matches(/^(?!(c1|m1|m2|t1|hi1|hs1|cc2|cg1|cr1)\.)/),
      passing: {},
      failing: { InstanceType: 'm1.large' },
    },
  ]),
  ...propertyControls([
    {
      id: 'ec2-instance-source-destination-check',
      title: 'Instances and network interfaces take only traffic that is addressed to them',
      topic: 'network-exposure',
      severity: 'low',
      citations: reach,
      why: 'With the check off, a machine may forward other machines’ traffic, and so carry an intruder past the network’s rules.',
      remedy: 'Leave SourceDestCheck out, or set it to true; use a NAT gateway in place of a NAT instance.',
      type: ['AWS::EC2::Instance', 'AWS::EC2::NetworkInterface'],
      path: 'SourceDestCheck',
      expect: isOn,
      absent: 'passes',
      passing: { ImageId: 'ami-0123456789abcdef0', ...inSubnet },
      failing: { ImageId: 'ami-0123456789abcdef0', ...inSubnet, SourceDestCheck: false },
    },
    {
      id: 'ec2-snapshot-block-public-access',
      title: 'The account blocks all public sharing of EBS snapshots',
      topic: 'public-access',
      severity: 'high',
      citations: reach,
      why: 'A snapshot made public by mistake is copied within hours; blocking only new sharing leaves those that are public already.',
      remedy: 'Set State to block-all-sharing.',
      type: 'AWS::EC2::SnapshotBlockPublicAccess',
      path: 'State',
      expect: isOneOf('block-all-sharing'),
      absent: 'fails',
      passing: { State: 'block-all-sharing' },
      failing: { State: 'block-new-sharing' },
    },
  ]),
]
