/**
 * The standards and implementation specifications of 45 CFR 164 that a control may cite: name, whether required or addressable, and what
 * is asked.
 *
 * A standard is always required. An addressable specification must be met where it is reasonable and appropriate; where it is not, the
 * reason is documented and an equivalent measure taken (164.306(d)(3)). Sources: 45 CFR 164.302 to 164.318 (Security Rule), 164.400 to
 * 164.414 (Breach Notification Rule), and single sections of the Privacy Rule (164.502 to 164.530), as the eCFR has them. Names are the
 * rule's; the sentences are summaries and no legal text.
 */
export const citations = {
  '164.306(a)(1)': 'General requirements (required): Keep all electronic health information confidential, intact and available.',
  '164.306(a)(2)':
    'General requirements (required): Protect electronic health information against threats and hazards that can be foreseen.',
  '164.306(a)(3)':
    'General requirements (required): Protect electronic health information against uses and disclosures that are not permitted.',
  '164.306(a)(4)': 'General requirements (required): See to it that the workforce keeps to the Security Rule.',
  '164.306(d)(3)':
    'Implementation specifications (required): Assess each one; where it is not reasonable, document why and do something equivalent.',
  '164.306(e)': 'Maintenance (required): Review security measures, change them as needed, and keep their documentation current.',

  '164.308(a)(1)(i)': 'Security management process (required): Prevent, detect, contain and correct security violations.',
  '164.308(a)(1)(ii)(A)': 'Risk analysis (required): Assess accurately and thoroughly the risks to electronic health information.',
  '164.308(a)(1)(ii)(B)': 'Risk management (required): Take measures that bring the risks down to a reasonable and appropriate level.',
  '164.308(a)(1)(ii)(C)': 'Sanction policy (required): Sanction members of the workforce who break the security policies.',
  '164.308(a)(1)(ii)(D)':
    'Information system activity review (required): Review audit logs, access reports and incident tracking regularly.',
  '164.308(a)(2)': 'Assigned security responsibility (required): Name the official who answers for the security policies.',
  '164.308(a)(3)(i)':
    'Workforce security (required): Give access to those of the workforce who are to have it, and keep it from all others.',
  '164.308(a)(3)(ii)(A)':
    'Authorization and/or supervision (addressable): Authorize or supervise those who work with electronic health information.',
  '164.308(a)(3)(ii)(B)':
    'Workforce clearance procedure (addressable): Establish that the access a member of the workforce has is appropriate.',
  '164.308(a)(3)(ii)(C)': 'Termination procedures (addressable): End access when work ends or the access is no longer appropriate.',
  '164.308(a)(4)(i)':
    'Information access management (required): Authorize access to electronic health information as the Privacy Rule allows it.',
  '164.308(a)(4)(ii)(A)':
    'Isolating health care clearinghouse functions (required): Keep the data of a clearinghouse apart from its larger organization.',
  '164.308(a)(4)(ii)(B)':
    'Access authorization (addressable): Have a procedure by which access to a workstation, program or process is granted.',
  '164.308(a)(4)(ii)(C)':
    'Access establishment and modification (addressable): Establish, document, review and change the right of access of each user.',
  '164.308(a)(5)(i)': 'Security awareness and training (required): Train the whole workforce, management included, in security.',
  '164.308(a)(5)(ii)(A)': 'Security reminders (addressable): Send security updates periodically.',
  '164.308(a)(5)(ii)(B)': 'Protection from malicious software (addressable): Guard against, detect and report malicious software.',
  '164.308(a)(5)(ii)(C)': 'Log-in monitoring (addressable): Monitor attempts to log in and report what is out of line.',
  '164.308(a)(5)(ii)(D)': 'Password management (addressable): Have procedures to create, change and safeguard passwords.',
  '164.308(a)(6)(i)': 'Security incident procedures (required): Have policies and procedures for security incidents.',
  '164.308(a)(6)(ii)': 'Response and reporting (required): Identify incidents, respond to them, limit their harm and document them.',
  '164.308(a)(7)(i)': 'Contingency plan (required): Be ready for an emergency that damages systems with electronic health information.',
  '164.308(a)(7)(ii)(A)':
    'Data backup plan (required): Create and keep exact copies of electronic health information that can be retrieved.',
  '164.308(a)(7)(ii)(B)': 'Disaster recovery plan (required): Have procedures that restore lost data.',
  '164.308(a)(7)(ii)(C)':
    'Emergency mode operation plan (required): Keep the processes that protect health information running in an emergency.',
  '164.308(a)(7)(ii)(D)': 'Testing and revision procedures (addressable): Test the contingency plans periodically and revise them.',
  '164.308(a)(7)(ii)(E)':
    'Applications and data criticality analysis (addressable): Assess how critical each application and its data are to the plans.',
  '164.308(a)(8)': 'Evaluation (required): Evaluate periodically, technically and otherwise, how far security meets the rule.',
  '164.308(b)(1)':
    'Business associate contracts (required): Let a business associate hold health information only with satisfactory assurances.',
  '164.308(b)(2)': 'Business associate contracts (required): As a business associate, ask the same assurances of a subcontractor.',
  '164.308(b)(3)': 'Written contract or other arrangement (required): Document the assurances in a contract that meets 164.314(a).',

  '164.310(a)(1)': 'Facility access controls (required): Limit physical access to systems and their buildings to those who are authorized.',
  '164.310(a)(2)(i)': 'Contingency operations (addressable): Allow access to the facility to restore data in an emergency.',
  '164.310(a)(2)(ii)':
    'Facility security plan (addressable): Protect the facility and its equipment from unauthorized access, tampering and theft.',
  '164.310(a)(2)(iii)':
    'Access control and validation procedures (addressable): Control access by role, of visitors and to programs under test as well.',
  '164.310(a)(2)(iv)': 'Maintenance records (addressable): Document repairs and changes of the parts of a facility that serve security.',
  '164.310(b)': 'Workstation use (required): Say what workstations with access are for, how they are used and where they stand.',
  '164.310(c)': 'Workstation security (required): Restrict workstations with access physically to authorized users.',
  '164.310(d)(1)': 'Device and media controls (required): Govern how hardware and media with health information come, go and move.',
  '164.310(d)(2)(i)': 'Disposal (required): Settle what finally becomes of health information and of the media that hold it.',
  '164.310(d)(2)(ii)': 'Media re-use (required): Remove health information from media before they are used again.',
  '164.310(d)(2)(iii)': 'Accountability (addressable): Record where hardware and media go and who answers for them.',
  '164.310(d)(2)(iv)': 'Data backup and storage (addressable): Make an exact copy that can be retrieved before equipment is moved.',

  '164.312(a)(1)': 'Access control (required): Let only those persons and programs in that were granted access.',
  '164.312(a)(2)(i)': 'Unique user identification (required): Give each user a unique name or number to tell and track them by.',
  '164.312(a)(2)(ii)': 'Emergency access procedure (required): Have a way to obtain necessary health information in an emergency.',
  '164.312(a)(2)(iii)': 'Automatic logoff (addressable): End a session after a set time without activity.',
  '164.312(a)(2)(iv)':
    'Encryption and decryption (addressable): Have a mechanism that encrypts and decrypts electronic health information.',
  '164.312(b)': 'Audit controls (required): Record and examine activity in systems that hold or use electronic health information.',
  '164.312(c)(1)': 'Integrity (required): Protect electronic health information from improper alteration and destruction.',
  '164.312(c)(2)':
    'Mechanism to authenticate electronic protected health information (addressable): Corroborate that data was not altered or destroyed.',
  '164.312(d)': 'Person or entity authentication (required): Verify that whoever seeks access is who they claim to be.',
  '164.312(e)(1)': 'Transmission security (required): Guard health information on a network against unauthorized access.',
  '164.312(e)(2)(i)': 'Integrity controls (addressable): Make sure that what is transmitted is not modified without detection.',
  '164.312(e)(2)(ii)': 'Encryption (addressable): Encrypt electronic health information whenever it is appropriate.',

  '164.314(a)(1)': 'Business associate contracts or other arrangements (required): The contract of 164.308(b) must meet 164.314(a)(2).',
  '164.314(a)(2)(i)':
    'Business associate contracts (required): The associate keeps the rule, binds its subcontractors and reports incidents.',
  '164.314(a)(2)(ii)': 'Other arrangements (required): Another arrangement that meets 164.504(e)(3) does in place of a contract.',
  '164.314(a)(2)(iii)':
    'Business associate contracts with subcontractors (required): The same terms bind an associate and its subcontractor.',
  '164.314(b)(1)':
    'Requirements for group health plans (required): Plan documents bind the sponsor to safeguard electronic health information.',
  '164.314(b)(2)':
    'Group health plan implementation specifications (required): Safeguards, separation, agents and reports stand in the plan documents.',

  '164.316(a)': 'Policies and procedures (required): Have reasonable and appropriate policies and procedures to meet the rule.',
  '164.316(b)(1)': 'Documentation (required): Keep policies, procedures and the actions that must be documented in writing.',
  '164.316(b)(2)(i)': 'Time limit (required): Keep that documentation six years from its making or from when it was last in effect.',
  '164.316(b)(2)(ii)': 'Availability (required): Make documentation available to those who carry the procedures out.',
  '164.316(b)(2)(iii)': 'Updates (required): Review documentation periodically and update it when the environment or operations change.',

  '164.402':
    'Definitions of breach (required): Encrypted information that nobody can read is secured, and its loss is no reportable breach.',
  '164.404': 'Notification to individuals (required): Tell each person concerned of a breach within 60 days of its discovery.',
  '164.406': 'Notification to the media (required): Tell the media of a breach that concerns more than 500 residents of a State.',
  '164.408': 'Notification to the Secretary (required): Report breaches to the Department of Health and Human Services.',
  '164.410': 'Notification by a business associate (required): A business associate tells the covered entity of a breach within 60 days.',
  '164.412': 'Law enforcement delay (required): Hold a notice back for as long as law enforcement states that it must be.',
  '164.414': 'Administrative requirements and burden of proof (required): Be able to show that notices were made or no breach happened.',

  '164.502(b)': 'Minimum necessary (required): Use, disclose and ask for no more health information than the purpose needs.',
  '164.514(b)':
    'De-identification (required): Information is no longer health information once an expert or the removal of identifiers says so.',
  '164.514(d)': 'Minimum necessary requirements (required): Identify who needs which health information and limit their access to it.',
  '164.524': 'Access of individuals (required): Let a person inspect and obtain a copy of their own health information.',
  '164.528':
    'Accounting of disclosures (required): Be able to tell a person to whom their information was disclosed in the last six years.',
  '164.530(c)': 'Safeguards (required): Have administrative, technical and physical safeguards for the privacy of health information.',
  '164.530(j)': 'Documentation (required): Keep privacy policies, communications and actions documented for six years.',
} as const satisfies Record<string, string>

/** A section of 45 CFR 164 that a control may cite. */
export type Citation = keyof typeof citations
